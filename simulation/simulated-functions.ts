import { Payload } from "../src/expression/payload.ts";
import type { TaskHandler, TaskOutcome, TaskRequest } from "../src/ports/task-handler.ts";
import type { TaskHandlers } from "../src/runtime/tasks/dispatcher.ts";
import type { Behaviour } from "./definitions.ts";
import { Random } from "./random.ts";
import type { SimulatedNode } from "./simulated-node.ts";
import type { World } from "./world.ts";

/** What the tasks of a node call: functions of the outside, and other executions of the cluster. */
export function simulatedHandlers(world: World, node: SimulatedNode): TaskHandlers {
  const call: TaskHandler = {
    handles: () => true,
    run: (request, { signal }) => callFunction(world, node, request, signal),
  };
  const nested: TaskHandler = {
    handles: () => true,
    async run({ parameters, executionArn, taskId }, control) {
      const { StateMachineArn, Input } = parameters.value as {
        readonly StateMachineArn: string;
        readonly Input: object;
      };
      const engine = node.ownEngine;
      try {
        const stateMachine = await engine.directory.get(StateMachineArn);
        if (stateMachine === undefined) throw new Error("there is no such machine");
        const child = await engine.startExecution({
          stateMachine,
          name: `${executionArn.split(":").at(-1)}-${taskId}`,
          input: Payload.ofValue(Input as never),
          parent: { executionArn, taskId, pattern: "sync:2" },
        });
        await control.submitted(Payload.ofValue({ ExecutionArn: child.executionArn }));
        return { type: "pending" };
      } catch (thrown) {
        return { type: "failed", error: "StepFunctions.ServiceUnavailable", cause: String(thrown) };
      }
    },
    // Its end comes as a message.
    resume: async () => ({ type: "pending" }),
  };
  return {
    find: (resource) =>
      resource.kind === "service" && resource.resourceType === "states" ? nested : call,
  };
}

function callFunction(
  world: World,
  node: SimulatedNode,
  request: TaskRequest,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  const { executionArn, taskId, resource } = request;
  const { process } = node;
  return new Promise((resolve) => {
    if (process.isDead) return;
    if (!process.isPaused) world.check(() => world.truth.called(node.nodeId, executionArn, taskId));
    process.issue(() => {
      world.check(() => world.ledger.called(executionArn, taskId));
      world.trace.note(node.nodeId, `calls ${executionArn} ${taskId}`);
      const random = new Random(hashOf(`${world.plan.seed} ${executionArn} ${taskId}`));
      const isCallback = resource.kind === "service";
      const behaviour = isCallback
        ? (request.parameters.value as { FunctionName: Behaviour }).FunctionName
        : (resource.arn.split(":").at(-1) as Behaviour);
      if (isCallback) {
        const { Payload: token } = request.parameters.value as {
          readonly Payload: { readonly token: string };
        };
        world.clients.completeLater(executionArn, taskId, token.token, random);
      }
      const ms = behaviour === "slow" ? random.between(200, 6_000) : random.between(0.5, 30);
      world.scheduler.after(world.outside, ms, () => {
        const outcome = outcomeOf(behaviour, random);
        world.scheduler.after(process, 0.5, () => resolve(outcome));
      });
    });
    signal.addEventListener("abort", () => {
      resolve({ type: "failed", error: "States.TaskFailed", cause: "aborted" });
    });
  });
}

function outcomeOf(behaviour: Behaviour, random: Random): TaskOutcome {
  const fails =
    behaviour === "failing" ? random.chance(0.9) : behaviour === "flaky" && random.chance(0.5);
  return fails
    ? { type: "failed", error: "Flaky", cause: "by its nature" }
    : { type: "succeeded", output: Payload.ofValue({ done: true }) };
}

function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

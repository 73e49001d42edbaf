import { Payload } from "../src/expression/payload.ts";
import type { ExecutionRecord } from "../src/ports/store.ts";
import { standardExecutionArn } from "../src/machine/arns.ts";
import type { Engine } from "../src/runtime/engine.ts";
import { activityArns, machineArnOf } from "./definitions.ts";
import type { Action } from "./plan.ts";
import { Process } from "./process.ts";
import type { Random } from "./random.ts";
import type { SimulatedNode } from "./simulated-node.ts";
import type { World } from "./world.ts";

type Answer<T> =
  | { readonly type: "answered"; readonly value: T }
  | { readonly type: "failed"; readonly reason: string }
  /** It may have been done. */
  | { readonly type: "lost" };

const answerMs = 12_000;
const attempts = 6;

/** Those who use the cluster: they ask any node, repeat what was lost, and note each answer that reaches them. */
export class Clients {
  readonly #world: World;
  readonly #random: Random;
  readonly #process = new Process("clients");
  #busy = 0;
  #results = 0;

  constructor(world: World, random: Random) {
    this.#world = world;
    this.#random = random;
  }

  /** Whether nobody is about to do something but the workers, who wait for tasks. */
  get isIdle(): boolean {
    return this.#busy === 0;
  }

  begin(actions: readonly Action[]): void {
    const { scheduler, plan } = this.#world;
    for (const action of actions) {
      this.#busy++;
      scheduler.at(this.#process, action.at, () => {
        void this.#perform(action).finally(() => this.#busy--);
      });
    }
    // Nobody waits for tasks that no machine has.
    const named = activityArns.filter((activityArn) =>
      plan.machines.some(({ definition }) => definition.includes(activityArn)),
    );
    for (const activityArn of named) {
      for (let worker = 0; worker < 2; worker++) {
        scheduler.at(this.#process, 100 + worker, () => void this.#work(activityArn, `w${worker}`));
      }
    }
  }

  /** Looks whether a cluster that nothing is wrong with serves. */
  probe(at: number): void {
    const { scheduler, plan } = this.#world;
    const [machine] = plan.machines;
    if (machine === undefined) return;
    const start = { type: "start", at, machine: machine.name, times: 1, waits: false } as const;
    this.#busy++;
    scheduler.at(this.#process, at, () => {
      void this.#start({ ...start, name: "probe", input: { n: 1, items: [1] } })
        .then((isStarted) => {
          if (isStarted) return;
          this.#check(() => {
            throw this.#world.violation("a calm cluster serves", "nothing can be started");
          });
        })
        .finally(() => this.#busy--);
    });
  }

  /** Somebody outside has got a task's token, and completes the task with it after a while. */
  completeLater(executionArn: string, taskId: number, token: string, random: Random): void {
    if (random.chance(0.15)) return;
    this.#busy++;
    this.#world.scheduler.after(this.#process, random.between(1, 8_000), () => {
      void this.#complete(executionArn, taskId, token, random).finally(() => this.#busy--);
    });
  }

  async #perform(action: Action): Promise<void> {
    switch (action.type) {
      case "start":
        await Promise.all(Array.from({ length: action.times }, () => this.#start(action)));
        break;
      case "stop": {
        const arn = executionArnOf(action);
        const answer = await this.#ask("stop", (engine) => engine.stopExecution(arn, {}), 1);
        if (answer.type !== "answered" || answer.value === undefined) return;
        const { value } = answer;
        this.#check(() => this.#world.ledger.stopped(arn, value));
        break;
      }
      case "redrive": {
        const arn = executionArnOf(action);
        const token = `redrive ${arn}`;
        const answer = await this.#ask(
          "redrive",
          (engine) => engine.redriveExecution(arn, { clientToken: token }),
          3,
        );
        if (answer.type !== "answered" || answer.value === undefined) return;
        const { value } = answer;
        this.#check(() => this.#world.ledger.redriven(arn, value));
        // Whoever asks now, wherever, is shown it.
        await this.#describe(arn);
        break;
      }
      case "describe":
        await this.#describe(executionArnOf(action));
        break;
      case "update map run":
        await this.#updateMapRun(executionArnOf(action), action.maxConcurrency);
        break;
      case "list":
        await this.#list(machineArnOf(action.machine));
    }
  }

  /** Whether it was started. */
  async #start(action: Extract<Action, { type: "start" }>): Promise<boolean> {
    const { ledger } = this.#world;
    const arn = executionArnOf(action);
    const input = Payload.ofValue(action.input as never);
    const answer = await this.#ask(
      "start",
      async (engine) => {
        const stateMachine = await engine.directory.get(machineArnOf(action.machine));
        if (stateMachine === undefined) throw new Error("there is no machine");
        return engine.startExecution({ stateMachine, name: action.name, input });
      },
      attempts,
    );
    if (answer.type !== "answered") return false;
    if (answer.value.type === "started") this.#check(() => ledger.started(arn, input.text));
    await this.#describe(arn);
    if (!action.waits) return true;
    await this.#ask(
      "wait",
      async (engine) => {
        await engine.waitUntilClosed(arn, 9_000, new AbortController().signal);
      },
      2,
    );
    await this.#describe(arn);
    return true;
  }

  async #describe(arn: string): Promise<void> {
    const { ledger } = this.#world;
    const before = ledger.known(arn);
    const answer = await this.#ask("describe", (engine) => engine.describeExecution(arn), 2);
    if (answer.type !== "answered") return;
    const described = answer.value;
    const shown = described && {
      ...endOf(described.record),
      output: described.output?.text,
    };
    this.#check(() => ledger.described(arn, before, shown));
  }

  async #list(stateMachineArn: string): Promise<void> {
    const { ledger, store } = this.#world;
    const before = [...ledger.accepted.keys()];
    const listed = new Set<string>();
    let after: string | undefined;
    do {
      const page: { limit: number; after?: string } = { limit: 2, ...(after ? { after } : {}) };
      const answer = await this.#ask(
        "list",
        (_, node) => this.#world.storeOf(node).executions({ stateMachineArn }, page),
        3,
      );
      if (answer.type !== "answered") return;
      for (const { executionArn } of answer.value.items) listed.add(executionArn);
      after = answer.value.next;
    } while (after !== undefined);
    for (const arn of before) {
      const record = await store.execution(arn);
      if (record?.stateMachineArn !== stateMachineArn || listed.has(arn)) continue;
      this.#check(() => {
        throw this.#world.violation("reads see what was answered", `${arn} is not listed`);
      });
    }
  }

  async #updateMapRun(arn: string, maxConcurrency: number): Promise<void> {
    const { store, truth } = this.#world;
    const updates = truth.mapRunUpdates;
    const [run] = (await store.mapRuns(arn, { limit: 1 })).items;
    if (run === undefined) return;
    const { mapRunArn } = run;
    const accepted = updates.asked(mapRunArn, maxConcurrency);
    let hasArrived = false;
    const updated = await this.#ask(
      "update",
      async (engine) => {
        // A client's own question does not arrive twice: it would undo what came between.
        if (hasArrived) return false;
        hasArrived = true;
        return engine.updateMapRun(mapRunArn, { maxConcurrency });
      },
      1,
    );
    if (updated.type === "answered" && updated.value) accepted();
    const known = updates.known(mapRunArn);
    const shown = await this.#ask("describe map run", (engine) => engine.mapRun(mapRunArn), 2);
    if (shown.type !== "answered") return;
    this.#check(() => updates.shown(mapRunArn, known, shown.value?.maxConcurrency));
  }

  /** A worker of an activity: takes a task, works, and tells its result. */
  async #work(activityArn: string, workerName: string): Promise<void> {
    const { scheduler, ledger } = this.#world;
    for (;;) {
      const answer = await this.#ask(
        "take",
        (engine) =>
          engine.takeActivityTask(activityArn, workerName, 8_000, new AbortController().signal),
        1,
      );
      const task = answer.type === "answered" ? answer.value : undefined;
      if (task === undefined) {
        await this.#sleep(this.#random.between(200, 1_500));
        if (this.#world.isOver) return;
        continue;
      }
      const { taskToken } = task;
      this.#check(() => ledger.given(taskToken));
      const address = this.#world.addressOf(taskToken);
      if (address === undefined) continue;
      scheduler.after(this.#process, this.#random.between(1, 3_000), () => {
        void this.#complete(address.executionArn, address.taskId, taskToken, this.#random);
      });
    }
  }

  async #complete(
    executionArn: string,
    taskId: number,
    token: string,
    random: Random,
  ): Promise<void> {
    const { ledger } = this.#world;
    const times = random.chance(0.25) ? 2 : 1;
    for (let time = 0; time < times; time++) {
      // No two are alike.
      const output = `{"result":${this.#results++}}`;
      let asked = 0;
      const answer = await this.#ask(
        "complete",
        (engine) => {
          asked++;
          return engine.completeTask(token, { type: "success", output: Payload.ofText(output) });
        },
        4,
      );
      if (answer.type !== "answered") continue;
      if (answer.value === "accepted") {
        this.#check(() => ledger.completed(executionArn, taskId, token, output));
      } else if (asked === 1) this.#check(() => ledger.refused(executionArn, taskId, output));
    }
  }

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#world.scheduler.after(this.#process, ms, resolve);
    });
  }

  /** Asks a node that is there, and another one if no answer comes. */
  async #ask<T>(
    what: string,
    ask: (engine: Engine, node: SimulatedNode) => Promise<T>,
    most: number,
  ): Promise<Answer<T>> {
    let answer: Answer<T> = { type: "failed", reason: "nobody was asked" };
    for (let attempt = 0; attempt < most; attempt++) {
      if (attempt > 0) await this.#sleep(this.#random.between(100, 2_500));
      answer = await this.#askOnce(what, ask);
      if (answer.type === "answered") return answer;
    }
    return answer;
  }

  #askOnce<T>(
    what: string,
    ask: (engine: Engine, node: SimulatedNode) => Promise<T>,
  ): Promise<Answer<T>> {
    const { scheduler, network, trace } = this.#world;
    return new Promise((resolve) => {
      const node = this.#random.pick(this.#world.nodes);
      if (node?.engine === undefined || node.process.isDead) {
        scheduler.after(this.#process, 1, () =>
          resolve({ type: "failed", reason: "nobody there" }),
        );
        return;
      }
      let value: T | undefined;
      let reason: string | undefined;
      const serve = async (): Promise<string> => {
        const { engine } = node;
        if (engine === undefined) throw new Error("it is leaving");
        try {
          value = await ask(engine, node);
          return "answered";
        } catch (thrown) {
          reason = thrown instanceof Error ? thrown.message : String(thrown);
          return "failed";
        }
      };
      const to = { process: node.process, serve };
      const request = network.request(this.#process, to, "", { timeoutMs: answerMs });
      void request.then((reply) => {
        const text = reply.type === "answered" ? reply.text : reply.type;
        trace.note("client", `${what} ${node.nodeId} ${text} ${reason ?? ""}`);
        if (text === "answered") resolve({ type: "answered", value: value as T });
        else if (text === "failed") resolve({ type: "failed", reason: reason ?? "" });
        else resolve({ type: "lost" });
      });
    });
  }

  #check(look: () => void): void {
    this.#world.check(look);
  }
}

export function executionArnOf({
  machine,
  name,
}: {
  readonly machine: string;
  readonly name: string;
}): string {
  return standardExecutionArn(machineArnOf(machine), name);
}

function endOf({ status, stopDate, redriveCount = 0 }: ExecutionRecord) {
  return { status, stopDate, redriveCount };
}

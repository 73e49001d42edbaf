import type { TaskState } from "../asl/states/task.ts";
import type { Payload } from "../expression/payload.ts";
import type { TaskId } from "./ids.ts";
import type { Machine } from "./machine.ts";
import type { Branch, ExecutionSnapshot, WaitingForTask } from "./snapshot.ts";
import type { StateGraph } from "../asl/definition.ts";

/** A task that was under way when the process that ran it went away. */
export interface OpenTask {
  readonly taskId: TaskId;
  readonly state: TaskState;
  readonly parameters: Payload;
  readonly timeoutSeconds: number | undefined;
  readonly heartbeatSeconds: number | undefined;
  readonly credentialsRoleArn: string | undefined;
  /** An activity that no worker has taken yet: it is still in its queue. */
  readonly started: boolean;
  /** What was recorded when the job or message was submitted; `undefined` if nothing was. */
  readonly submission: Payload | undefined;
}

/** The tasks that the snapshot waits for. The runtime re-attaches them, or fails those whose outcome is unknown. */
export function openTasks(machine: Machine, snapshot: ExecutionSnapshot): readonly OpenTask[] {
  const open: OpenTask[] = [];
  for (const branch of snapshot.branches.values()) {
    if (branch.waiting?.type !== "task") continue;
    const task: WaitingForTask = branch.waiting;
    const state = graphOf(machine, snapshot, branch).States.get(
      branch.state as string,
    ) as TaskState;
    open.push({
      taskId: task.taskId,
      state,
      parameters: task.parameters,
      timeoutSeconds: task.timeoutSeconds,
      heartbeatSeconds: task.heartbeatSeconds,
      credentialsRoleArn: task.credentialsRoleArn,
      started: task.started,
      submission: task.submission,
    });
  }
  return open;
}

function graphOf(machine: Machine, snapshot: ExecutionSnapshot, branch: Branch): StateGraph {
  if (branch.parent === undefined) return machine.definition;
  const parent = snapshot.branches.get(branch.parent) as Branch;
  const state = graphOf(machine, snapshot, parent).States.get(parent.state as string);
  if (state?.Type === "Map") return state.ItemProcessor;
  if (state?.Type === "Parallel") return state.Branches[branch.index] as StateGraph;
  throw new Error(`branch ${branch.id} hangs on a state that has no branches`);
}

import type { TaskResource } from "../../asl/resources/resource.ts";
import { emptyObject } from "../../expression/payload.ts";
import type { TaskId } from "../../machine/ids.ts";
import { branchWaitingFor } from "../../machine/task-activation.ts";
import type { MockAnswer, TaskMocks } from "../../ports/task-mocks.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { Event } from "../partition/event.ts";
import type { Resident } from "../partition/resident.ts";

/** What the task is answered with by the test case that its execution runs as; `undefined`: it is performed. */
export function mockOf(
  mocks: TaskMocks | undefined,
  resident: Resident,
  taskId: TaskId,
): MockAnswer | undefined {
  const { record, attempts, snapshot } = resident;
  if (attempts === undefined) return undefined;
  const stateName = branchWaitingFor(snapshot, taskId)?.state;
  return stateName === undefined
    ? undefined
    : mockOfState(mocks, record, stateName, attempts.of(taskId));
}

/**
 * The same, for any attempt at a state. A server without the mock configuration fails what was started as a test case:
 * the calls that it would make instead are not what was asked for.
 */
export function mockOfState(
  mocks: TaskMocks | undefined,
  record: ExecutionRecord,
  stateName: string,
  attempt: number,
): MockAnswer | undefined {
  const { testCase } = record;
  if (testCase === undefined) return undefined;
  const stateMachineName = stateMachineNameOf(record);
  if (mocks?.testCases(stateMachineName).includes(testCase) === true) {
    return mocks.answer({ stateMachineName, testCase, stateName, attempt });
  }
  return {
    type: "missing",
    cause: `The execution runs as the test case '${testCase}' of '${stateMachineName}', which is not in a mock configuration that this server has loaded.`,
  };
}

/** The child of a Map Run belongs to the test cases of the machine that its map is in. */
function stateMachineNameOf({ stateMachineArn }: ExecutionRecord): string {
  const [name = ""] = stateMachineArn.slice(stateMachineArn.lastIndexOf(":") + 1).split("/");
  return name;
}

/**
 * Everything that is told of a mocked task. A job or a token's call is recorded as submitted first, with what it then
 * returns; an activity's task as taken by a worker. Our choice, so that histories have the events of real ones.
 */
export function mockedEvents(resource: TaskResource, taskId: TaskId, answer: MockAnswer): Event[] {
  if (answer.type === "missing") {
    return [{ type: "TaskFailed", taskId, rejected: true, cause: answer.cause }];
  }
  const events: Event[] = [];
  if (resource.kind === "activity") events.push({ type: "ActivityStarted", taskId });
  if (resource.kind === "service" && resource.pattern !== "requestResponse") {
    const output = answer.type === "return" ? answer.output : emptyObject;
    events.push({ type: "TaskSubmitted", taskId, output });
  }
  if (answer.type === "return") {
    events.push({ type: "TaskSucceeded", taskId, output: answer.output });
  } else {
    const { error, cause } = answer;
    events.push({
      type: "TaskFailed",
      taskId,
      error,
      ...(cause === undefined ? {} : { cause }),
    });
  }
  return events;
}

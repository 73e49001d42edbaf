import type { TaskHandlers } from "../integrations/task-handlers.ts";
import type { JournalEvent } from "../machine/journal/journal-event.ts";
import type { EngineOptions } from "../runtime/create-engine.ts";

/** A task that waits for somebody to complete it by its token. */
export interface OpenToken {
  readonly taskToken: string;
  readonly stateName: string;
  /** Whether it ends by itself if nobody does. */
  readonly timesOut: boolean;
}

/** What is under way in this process: attempts, and tasks whose tokens wait for an answer. */
export interface RunningTasks {
  /** The handlers, watched. */
  watch(handlers: Pick<TaskHandlers, "find">): EngineOptions["handlers"];
  /** Takes notice of what became of tasks. */
  note(executionArn: string, events: readonly JournalEvent[]): void;
  /** Attempts under way. */
  running(): number;
  /** Tasks that have been submitted and not completed, oldest first. */
  openTokens(): readonly OpenToken[];
}

/** `changed` is called after each end of an attempt. */
export function createRunningTasks(changed: () => void): RunningTasks {
  let running = 0;
  /** Callback tasks whose token has been handed out, by execution and task. */
  const handedOut = new Map<string, { readonly taskToken: string; readonly stateName: string }>();
  /** The callback task that each line of control is in, and whether it has been submitted. */
  const current = new Map<string, CallbackTask>();

  function noteEvent(executionArn: string, event: JournalEvent): void {
    const lane = `${executionArn} ${event.branch}`;
    const known = current.get(lane);
    switch (event.type) {
      case "TaskScheduled":
        if (event.details.resource.endsWith(callbackSuffix)) {
          const { timeoutInSeconds, heartbeatInSeconds } = event.details;
          const timesOut = (timeoutInSeconds ?? heartbeatInSeconds) !== undefined;
          current.set(lane, { task: `${executionArn} ${event.id}`, timesOut, submitted: false });
        }
        break;
      case "TaskSubmitted":
        if (known !== undefined) known.submitted = true;
        break;
      case "TaskStarted":
      case "TaskHeartbeat":
        break;
      default:
        if (known === undefined) break;
        current.delete(lane);
        handedOut.delete(known.task);
    }
  }

  return {
    running: () => running,
    note(executionArn, events) {
      for (const event of events) noteEvent(executionArn, event);
    },
    openTokens() {
      const submitted = [...current.values()].filter((task) => task.submitted);
      return submitted.flatMap(({ task, timesOut }) => {
        const token = handedOut.get(task);
        return token === undefined ? [] : { ...token, timesOut };
      });
    },
    watch: (handlers) => ({
      find(resource) {
        const handler = handlers.find(resource);
        return {
          handles: () => true,
          ...(handler.refuseParameters && {
            refuseParameters: (...asked) => handler.refuseParameters?.(...asked),
          }),
          async run(request, control) {
            running++;
            if (resource.arn.endsWith(callbackSuffix)) {
              const { executionArn, taskId, taskToken, stateName } = request;
              handedOut.set(`${executionArn} ${taskId}`, { taskToken, stateName });
            }
            try {
              return await handler.run(request, control);
            } finally {
              running--;
              changed();
            }
          },
        };
      },
    }),
  };
}

interface CallbackTask {
  readonly task: string;
  readonly timesOut: boolean;
  submitted: boolean;
}

const callbackSuffix = ".waitForTaskToken";

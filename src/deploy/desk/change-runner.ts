import type { ChangeTools } from "../change/change-tools.ts";
import { HeldStack, holdMs } from "../change/held-stack.ts";
import { performChange } from "../change/perform-change.ts";
import { isInProgress } from "../stacks/stack-status.ts";
import { scheduleRound } from "../../ports/clock.ts";

/** Performs changes of stacks in this process, and goes on with those whose process has ended. */
export interface ChangeRunner {
  /** Begins what the stack's record has, if nobody else does it. */
  begin(region: string, name: string): void;
  /** Resolves when what was begun here has come to an end. */
  ended(stackId: string): Promise<void> | undefined;
  close(): Promise<void>;
}

export function createChangeRunner(tools: ChangeTools, holderId: string): ChangeRunner {
  const { store, clock, logger } = tools;
  const running = new Map<string, Promise<void>>();
  const held = new Set<HeldStack>();
  let isClosed = false;
  let cancelSweep: () => void = () => {};

  async function perform(region: string, name: string): Promise<void> {
    const stack = await HeldStack.take(region, name, { store, clock, holderId });
    if (stack === undefined) return;
    held.add(stack);
    try {
      await performChange(stack, tools);
    } catch (error) {
      logger.error("the change of a stack stopped", {
        stack: stack.record.stackId,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
    } finally {
      held.delete(stack);
    }
  }

  function begin(region: string, name: string): void {
    const key = `${region}/${name}`;
    if (isClosed || running.has(key)) return;
    const done = perform(region, name)
      .catch((error: unknown) => {
        logger.error("the change of a stack could not begin", {
          stack: name,
          error: String(error),
        });
      })
      .finally(() => running.delete(key));
    running.set(key, done);
  }

  async function sweep(): Promise<void> {
    for await (const { region, name, status, change } of store.stacks()) {
      if (isClosed) return;
      const isHeld = (change?.holder?.until ?? 0) > clock.now();
      if (change !== undefined && isInProgress(status) && !isHeld) begin(region, name);
    }
  }

  function sweepAgain(): void {
    if (isClosed) return;
    cancelSweep = scheduleRound(clock, clock.now() + holdMs, sweepNow);
  }

  function sweepNow(): void {
    sweep()
      .catch((error: unknown) => {
        logger.warn("the stacks could not be read", { error: String(error) });
      })
      .finally(sweepAgain);
  }

  sweepNow();
  return {
    begin,
    ended(stackId) {
      const [, , , region = "", , resource = ""] = stackId.split(":");
      return running.get(`${region}/${resource.split("/")[1] ?? ""}`);
    },
    async close() {
      isClosed = true;
      cancelSweep();
      for (const stack of held) stack.letGo();
      await Promise.all(running.values());
    },
  };
}

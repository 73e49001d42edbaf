import { CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import type { Logger } from "../../ports/logger.ts";
import { StoreFailure } from "../../ports/store.ts";

/**
 * Does something with each execution, side by side; one that it cannot be done with does not keep the others. False if
 * there was one. A store that fails, and a partition that is lost, is everybody's failure.
 */
export async function forEachExecution(
  executionArns: Iterable<string>,
  act: (executionArn: string) => Promise<unknown>,
  { logger, isLost }: { readonly logger: Logger; readonly isLost: () => boolean },
): Promise<boolean> {
  const done = await Promise.all(
    Array.from(executionArns, async (executionArn) => {
      try {
        await act(executionArn);
        return true;
      } catch (thrown) {
        if (thrown instanceof StoreFailure || isLost()) throw thrown;
        if (thrown instanceof CustomerKeyUnavailable) {
          const reason = thrown.message;
          logger.warn("an execution waits for its customer's key", { executionArn, reason });
        } else logMistake(logger, { executionArn }, thrown);
        return false;
      }
    }),
  );
  return !done.includes(false);
}

/** `about`: where it is known what the execution was started with, that too. */
export function logMistake(
  logger: Logger,
  about: { readonly executionArn: string; readonly traceHeader?: string | undefined },
  thrown: unknown,
): void {
  const { message, stack } = asError(thrown);
  logger.error("an execution is stopped by a mistake of the engine", {
    ...about,
    message: stack ?? message,
  });
}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

import type { ServerResponse } from "node:http";

/** The requests that wait for something, so that they can be told that nobody wants the answer any more. */
export interface OpenRequests {
  /** Aborted when the client goes away, or by {@link OpenRequests.abortAll}. */
  signalFor(response: ServerResponse): AbortSignal;
  abortAll(): void;
}

export function createOpenRequests(): OpenRequests {
  const open = new Set<AbortController>();
  return {
    signalFor(response) {
      const controller = new AbortController();
      open.add(controller);
      response.once("close", () => {
        open.delete(controller);
        // Aborting makes an exception with a stack trace: most responses close because they are complete.
        if (!response.writableFinished) controller.abort();
      });
      return controller.signal;
    },
    abortAll() {
      for (const controller of open) controller.abort();
    },
  };
}

import type { IncomingMessage } from "node:http";
import type { AuditTrail } from "../../ports/audit-trail.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ArnScope } from "../../machine/arns.ts";
import { originOf } from "../authentication/call-origin.ts";
import { callerOf } from "../caller.ts";

/** What is refused before an API performs it: an unsigned request, one of too many, one that cannot be read. */
export interface RefusedCall {
  readonly eventSource: string;
  /** Empty: it cannot be told. */
  readonly eventName: string;
  readonly requestId?: string;
  readonly error: { readonly code: string; readonly message: string };
  /** Whoever has signed it; absent: nobody is known to have. */
  readonly caller?: Caller | undefined;
}

/** Writes down requests that never become calls. */
export interface RefusedRequests {
  note(request: IncomingMessage, refused: RefusedCall): void;
}

/** *Our choice*: whoever floods a server fills no disk. What is left out is counted in the next that is not. */
const mostPerSecond = 50;

export function refusedRequests(
  trail: AuditTrail | undefined,
  clock: Pick<Clock, "now">,
  scope: ArnScope,
): RefusedRequests | undefined {
  if (trail === undefined) return undefined;
  let second = 0;
  let noted = 0;
  let leftOut = 0;

  function mayNote(): boolean {
    const now = Math.floor(clock.now() / 1_000);
    if (now !== second) [second, noted] = [now, 0];
    return noted++ < mostPerSecond;
  }

  return {
    note(request, { caller, eventName, ...refused }) {
      if (!mayNote()) {
        leftOut++;
        return;
      }
      const durable = trail.record({
        ...refused,
        eventName: eventName === "" ? "Unknown" : eventName,
        caller: caller ?? { ...callerOf(request.headers, scope), from: originOf(request) },
        isReadOnly: false,
        decisions: [],
        ...(leftOut > 0 && { additional: { refusedRequestsLeftOut: leftOut } }),
      });
      leftOut = 0;
      // Nothing was done: that it could not be written down is in the server's log.
      durable?.catch(() => {});
    },
  };
}

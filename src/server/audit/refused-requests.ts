import type { IncomingMessage } from "node:http";
import type { AuditTrail } from "../../ports/audit-trail.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { ArnScope } from "../../machine/arns.ts";
import { addressOf, originOf } from "../authentication/call-origin.ts";
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
  readonly isReadOnly?: boolean;
  /** Whether a page asks again and again by itself: the first of a minute from its address says it for all. */
  readonly isPolling?: boolean;
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

  const polling = new PollingRefusals();

  return {
    note(request, { caller, eventName, isPolling = false, isReadOnly = false, ...refused }) {
      const isFirst = !isPolling || polling.isFirst(addressOf(request), clock.now());
      if (!isFirst || !mayNote()) {
        leftOut++;
        return;
      }
      const durable = trail.record({
        ...refused,
        eventName: eventName === "" ? "Unknown" : eventName,
        caller: caller ?? { ...callerOf(request.headers, scope), from: originOf(request) },
        isReadOnly,
        decisions: [],
        ...(leftOut > 0 && { additional: { refusedRequestsLeftOut: leftOut } }),
      });
      leftOut = 0;
      // Nothing was done: that it could not be written down is in the server's log.
      durable?.catch(() => {});
    },
  };
}

const minuteMs = 60_000;
/** *Our choice*: addresses that are remembered within a minute; all are forgotten when it is full. */
const mostAddresses = 10_000;

/** Which addresses have been refused within this minute. */
class PollingRefusals {
  readonly #seen = new Set<string>();
  #minute = 0;

  isFirst(address: string, now: number): boolean {
    const minute = Math.floor(now / minuteMs);
    if (minute !== this.#minute || this.#seen.size >= mostAddresses) this.#seen.clear();
    this.#minute = minute;
    if (this.#seen.has(address)) return false;
    this.#seen.add(address);
    return true;
  }
}

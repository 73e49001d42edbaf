import type { ServiceAnswer } from "../described/service-call.ts";

/** Names of refusals that say "not now", whatever their status code is. */
const notNow = /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|ExpiredToken/;

/**
 * Whether the same call may be answered later: the service was not reached, was too busy or broken, or whoever calls was
 * not allowed to. Our choice: a job is not given up for any of these, because it goes on all the same.
 */
export function mayPass(answer: ServiceAnswer): boolean {
  switch (answer.type) {
    case "noAnswer":
    case "unconfigured":
    case "notAssumed":
      return true;
    case "refused": {
      const { statusCode, code } = answer.refusal;
      return statusCode >= 500 || statusCode === 429 || statusCode === 403 || notNow.test(code);
    }
    case "answered":
    case "invalid":
    case "clientTooOld":
    case "noSuchOperation":
    case "notInstalled":
    case "tooLong":
      return false;
  }
}

import { ServiceError } from "../../../ports/service-api.ts";

/** *Observed*: API Gateway's words. */
export function noSuch(kind: string): never {
  throw new ServiceError("NotFoundException", `Invalid ${kind} identifier specified`, 404);
}

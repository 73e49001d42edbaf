import type { StartedBy } from "../../machine/started-by.ts";
import { userArn } from "../../ports/caller.ts";
import type { RequestContext } from "../operation.ts";

/**
 * Who begins an execution with this call, as it is kept with the execution. `undefined` where nobody has found out who calls:
 * a key that is not verified may be anybody's.
 */
export function startedByOf({
  caller,
  startedBy,
}: Pick<RequestContext, "caller" | "startedBy">): StartedBy | undefined {
  if (startedBy !== undefined || caller === undefined) return startedBy;
  const { principal } = caller;
  switch (principal.type) {
    case "anonymous":
    case "accessKey":
      return undefined;
    case "owner":
    case "user":
      return { principal: userArn(caller) };
    case "assumedRole":
      return by(userArn(caller), principal.assumedBy);
    case "role":
      return by(userArn(caller), principal.executionArn);
    case "service":
    case "serviceRole":
      return by(userArn(caller), resourceIn(principal.sourceArn));
  }
}

function by(principal: string, via: string | undefined): StartedBy {
  return via === undefined ? { principal } : { principal, via };
}

/** `rule/nightly` of `arn:aws:events:us-east-1:123456789012:rule/nightly`. */
function resourceIn(arn: string): string {
  return arn.split(":").slice(5).join(":");
}

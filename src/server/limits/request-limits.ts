import type { Caller } from "../../ports/caller.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { serviceModel, type OperationName } from "../../service/model/service-model.ts";
import { awsQuotas, quotaOfOthers } from "./aws-quotas.ts";
import { type BucketSize, TokenBuckets } from "./token-buckets.ts";

/** How often each caller may call each operation: as AWS's quotas have it, without a limit, or AWS's but for these. */
export type RequestLimitSettings = "aws" | "off" | { readonly [O in OperationName]?: BucketSize };

export interface RequestLimits {
  /** Throws the ThrottlingException of a caller who has called too often. */
  take(caller: Caller, operation: string): void;
}

/** `undefined`: nobody is limited. */
export function requestLimits(
  settings: RequestLimitSettings,
  now: () => number,
): RequestLimits | undefined {
  if (settings === "off") return undefined;
  const own = settings === "aws" ? {} : settings;
  const buckets = new Map<string, TokenBuckets>(
    (Object.keys(serviceModel) as OperationName[]).map((operation) => [
      operation,
      new TokenBuckets(own[operation] ?? awsQuotas[operation] ?? quotaOfOthers),
    ]),
  );
  return {
    take(caller, operation) {
      const name = nameOf(caller);
      if (name === undefined || buckets.get(operation)?.take(name, now()) !== false) return;
      // *Observed*: the words of AWS's services.
      throw new ApiError("ThrottlingException", "Rate exceeded");
    },
  };
}

/**
 * Whose bucket it is; `undefined`: of nobody who is limited.
 *
 * *Documented*: AWS counts by account and Region. *Our choice*: by user or role in a Region, since here an account is everybody. The
 * owner of the process could take the limits away.
 */
function nameOf({ principal, region, from }: Caller): string | undefined {
  switch (principal.type) {
    case "owner":
      return undefined;
    case "user":
      return `${region} ${principal.userArn}`;
    case "assumedRole":
    case "role":
    case "serviceRole":
      return `${region} ${principal.roleArn}`;
    case "accessKey":
      return `${region} ${principal.accessKeyId}`;
    case "service":
      return `${region} ${principal.sourceArn}`;
    case "anonymous":
      return `${region} ${from?.sourceIp ?? ""}`;
  }
}

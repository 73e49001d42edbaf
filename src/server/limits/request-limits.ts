import type { Caller } from "../../ports/caller.ts";
import type { CallMetrics } from "../../ports/call-metrics.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { serviceModel, type OperationName } from "../../service/model/service-model.ts";
import { awsQuotas, quotaOfOthers } from "./aws-quotas.ts";
import { type BucketSize, TokenBuckets } from "../../service/token-buckets.ts";

/** How often each caller may call each operation: as AWS's quotas have it, without a limit, or AWS's but for these. */
export type RequestLimitSettings = "aws" | "off" | { readonly [O in OperationName]?: BucketSize };

export interface RequestLimits {
  /** Throws the ThrottlingException of a caller who has called too often. */
  take(caller: Caller, operation: string): void;
}

/** `undefined`: nobody is limited. `metrics`: counts what limits let through and refuse. */
export function requestLimits(
  settings: RequestLimitSettings,
  now: () => number,
  metrics?: CallMetrics,
): RequestLimits | undefined {
  if (settings === "off") return undefined;
  const own = settings === "aws" ? {} : settings;
  const buckets = new Map<string, { readonly size: BucketSize; readonly of: TokenBuckets }>(
    (Object.keys(serviceModel) as OperationName[]).map((operation) => {
      const size = own[operation] ?? awsQuotas[operation] ?? quotaOfOthers;
      return [operation, { size, of: new TokenBuckets(size) }];
    }),
  );
  return {
    take(caller, operation) {
      const name = nameOf(caller);
      const bucket = buckets.get(operation);
      if (name === undefined || bucket === undefined) return;
      const isRefused = !bucket.of.take(name, now());
      metrics?.limited(caller.region, operation, { ...bucket.size, isRefused });
      if (!isRefused) return;
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

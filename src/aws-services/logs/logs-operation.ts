import type { JsonObject } from "../../expression/json.ts";
import type { Caller } from "../../ports/caller.ts";
import {
  type ServiceAnswer,
  ServiceError,
  type ServiceOperation,
} from "../../ports/service-api.ts";
import { requiredText, textOf } from "../members.ts";

/** An operation on one log group, which is what its action is asked for. */
export function ofGroup(
  action: string,
  perform: (
    members: JsonObject,
    group: string,
    caller: Caller,
  ) => Promise<ServiceAnswer["members"]>,
): ServiceOperation {
  return {
    prepare({ members }, { caller }) {
      const group = groupOf(members);
      return {
        access: [{ action: `logs:${action}`, resource: `${groupArn(caller, group)}:*` }],
        async perform() {
          return { members: (await perform(members, group, caller)) ?? {} };
        },
      };
    },
  };
}

/** `logGroupName`, or the ARN that some operations take in its place. */
function groupOf(members: JsonObject): string {
  const arn = textOf(members, "logGroupIdentifier") ?? textOf(members, "resourceArn") ?? undefined;
  const name = arn?.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, "").replace(/:\*$/, "");
  const given = name ?? requiredText(members, "logGroupName");
  if (/^[.\-_/#A-Za-z0-9]{1,450}$/.test(given)) return given;
  throw new ServiceError(
    "InvalidParameterException",
    "1 validation error detected: Value at 'logGroupName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+ (here at most 450 characters)",
  );
}

export function groupArn({ partition, region, accountId }: Caller, group: string): string {
  return `arn:${partition}:logs:${region}:${accountId}:log-group:${group}`;
}

/** *Documented*: a colon and an asterisk are of ARNs. */
export function streamOf(members: JsonObject): string {
  const name = requiredText(members, "logStreamName");
  if (/^[^:*]{1,512}$/.test(name)) return name;
  throw new ServiceError(
    "InvalidParameterException",
    "1 validation error detected: Value at 'logStreamName' failed to satisfy constraint: Member must satisfy regular expression pattern: [^:*]*",
  );
}

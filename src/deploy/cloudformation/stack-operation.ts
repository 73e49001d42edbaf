import type { JsonObject } from "../../expression/json.ts";
import { textOf } from "../../aws-services/members.ts";
import type { Access } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type { ServiceMembers, ServiceOperation } from "../../ports/service-api.ts";
import type { ChangeRequest } from "../desk/stack-desk.ts";
import { stackErrors } from "../desk/stack-errors.ts";

/** An operation on one stack, or on all of them where none is named. */
export function stackOperation(
  action: string,
  perform: (members: JsonObject, request: ChangeRequest) => Promise<ServiceMembers | undefined>,
  { isOfAll = false }: { readonly isOfAll?: boolean } = {},
): ServiceOperation {
  return {
    prepare({ members }, { caller, signal }) {
      const name = textOf(members, "StackName") ?? stackOfChangeSet(members);
      const clientToken = textOf(members, "ClientRequestToken");
      if (!isOfAll && name === undefined) throw missing("stackName");
      return {
        access: [
          { action: `cloudformation:${action}`, resource: stackResource(name, caller) },
          ...passedRole(members),
        ],
        async perform() {
          return { members: (await perform(members, { caller, signal, clientToken })) ?? {} };
        },
      };
    },
  };
}

/** A change set is named by its ARN, where its stack is not. */
function stackOfChangeSet(members: JsonObject): string | undefined {
  const name = textOf(members, "ChangeSetName");
  return name?.startsWith("arn:") === true ? name : undefined;
}

export function stackResource(name: string | undefined, caller: Caller): string {
  if (name === undefined) return "*";
  if (name.startsWith("arn:")) return name;
  const { partition, region, accountId } = caller;
  return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/*`;
}

/** *Documented*: whoever gives a stack a role has to be allowed to pass it. */
function passedRole(members: JsonObject): readonly Access[] {
  const resource = textOf(members, "RoleARN");
  if (resource === undefined) return [];
  const conditions = { "iam:PassedToService": "cloudformation.amazonaws.com" };
  return [{ action: "iam:PassRole", resource, conditions }];
}

export function missing(member: string) {
  return stackErrors.validation(
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

export function requiredMember(members: JsonObject, name: string): string {
  const value = textOf(members, name);
  if (value === undefined || value === "") {
    throw missing(name.charAt(0).toLowerCase() + name.slice(1));
  }
  return value;
}

/** *Documented*: names of stacks and change sets. */
export function checkedName(name: string, member: string): string {
  if (/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/.test(name)) return name;
  throw stackErrors.validation(
    `1 validation error detected: Value '${name.slice(0, 128)}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*`,
  );
}

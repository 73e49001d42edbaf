import { sdkMemberName } from "../../../integrations/aws/member-names.ts";
import type { Member, Members } from "../../../service/model/member.ts";
import { type OperationModel, serviceModel } from "../../../service/model/service-model.ts";
import { capitalised } from "../../../service/test-state/mocked-operation.ts";
import type { ActionMember, MemberType } from "../../view-types.ts";
import { requiredFirst } from "./catalogue.ts";
import { pickedOf } from "./picked-members.ts";

const operations: Readonly<Record<string, OperationModel>> = serviceModel;

/** The operations of this service's own API, as the ARNs of `aws-sdk:sfn` name them. */
export const ownActions: readonly string[] = Object.keys(operations).map(
  (name) => name.charAt(0).toLowerCase() + name.slice(1),
);

/** What one of them takes, as a task writes it; `undefined` if there is none of that name. */
export function ownMembers(action: string): readonly ActionMember[] | undefined {
  const name = capitalised(action);
  const model = Object.hasOwn(operations, name) ? operations[name] : undefined;
  return model && membersOf(model.input);
}

function membersOf(members: Members): readonly ActionMember[] {
  return requiredFirst(
    Object.entries(members).map(([apiName, member]) => {
      const name = sdkMemberName(apiName);
      return {
        name,
        ...valueOf(member),
        isRequired: member.required === true,
        ...pickedOf("sfn", name),
      };
    }),
  );
}

function valueOf(member: Member): Pick<ActionMember, "type" | "options" | "members" | "item"> {
  if (member.type === "structure") return { type: "object", members: membersOf(member.members) };
  if (member.type === "list") return { type: "list", item: valueOf(member.of) };
  const options = member.type === "string" ? member.enum : undefined;
  return { type: types[member.type], ...(options !== undefined && { options }) };
}

const types = {
  string: "text",
  integer: "number",
  float: "number",
  boolean: "boolean",
  timestamp: "timestamp",
  map: "map",
  document: "json",
} as const satisfies Readonly<Record<string, MemberType>>;

import type { JsonObject } from "../../expression/json.ts";
import { flagOf, structuresOf, textOf, textsOf } from "../../aws-services/members.ts";
import { callOf } from "../change/change-tools.ts";
import { pairsOf, type WantedStack } from "../desk/content-of.ts";
import type { ChangeRequest, StackDesk } from "../desk/stack-desk.ts";
import { stackErrors } from "../desk/stack-errors.ts";
import { objectAt, readObject } from "../providers/object-of.ts";
import type { OnFailure, StackRecord } from "../stacks/stack-record.ts";

/** What a request wants a stack to be; what it does not say of one that is there stays as it is. */
export async function wantedStack(
  members: JsonObject,
  request: ChangeRequest,
  { desk, present }: { readonly desk: StackDesk; readonly present?: StackRecord | undefined },
): Promise<WantedStack> {
  refuseStackPolicy(members);
  refuseImport(members);
  const tags = members["Tags"];
  const { content } = present ?? {};
  return {
    template: await templateIn(members, request, { desk, present }),
    given: parametersOf(members, present),
    tags:
      tags === undefined && content !== undefined
        ? content.tags
        : pairsOf(structuresOf(members, "Tags"), "Key", "Value"),
    capabilities: textsOf(members, "Capabilities"),
    roleArn: textOf(members, "RoleARN") ?? content?.roleArn,
    notificationArns: textsOf(members, "NotificationARNs"),
  };
}

/** *Documented*: a policy of a stack; nobody here is kept from changing a resource by one, so none is taken. */
export function refuseStackPolicy(members: JsonObject): void {
  const isGiven = Object.keys(members).some((name) => name.startsWith("StackPolicy"));
  if (!isGiven) return;
  throw stackErrors.validation(
    "Stepwell has no policies of stacks: let IAM's policies say who may change what",
  );
}

/**
 * *Documented*: what makes resources that are there a part of a stack. `ImportExistingResources` only allows it, and the CDK's bootstrap
 * always does: a resource that is there already fails to be made, and is named.
 */
export function refuseImport(members: JsonObject): void {
  const isAsked =
    textOf(members, "ChangeSetType") === "IMPORT" ||
    structuresOf(members, "ResourcesToImport").length > 0;
  if (!isAsked) return;
  throw stackErrors.validation(
    "Stepwell imports no resources into stacks: what is there already is deleted, or has another name in the template",
  );
}

/** The text of a template: in the request, in S3, or the one that is there. */
export async function templateIn(
  members: JsonObject,
  request: ChangeRequest,
  { desk, present }: { readonly desk: StackDesk; readonly present?: StackRecord | undefined },
): Promise<string> {
  const body = textOf(members, "TemplateBody");
  if (body !== undefined && body !== "") return body;
  const url = textOf(members, "TemplateURL");
  if (url !== undefined && url !== "") {
    const place = objectAt(url);
    if (place === undefined) {
      throw stackErrors.validation(
        "TemplateURL must reference a valid S3 object to which you have access.",
      );
    }
    return readObject(place, callOf(desk.tools, request.caller, request.signal));
  }
  if (flagOf(members, "UsePreviousTemplate") && present !== undefined) {
    return desk.templateOf(present);
  }
  throw stackErrors.validation("Either Template URL or Template Body must be specified.");
}

function parametersOf(
  members: JsonObject,
  present: StackRecord | undefined,
): { readonly [name: string]: string } {
  const given: { [name: string]: string } = {};
  for (const parameter of structuresOf(members, "Parameters")) {
    const name = textOf(parameter, "ParameterKey") ?? "";
    if (!flagOf(parameter, "UsePreviousValue")) {
      given[name] = textOf(parameter, "ParameterValue") ?? "";
      continue;
    }
    const before = present?.content.given;
    if (before === undefined) {
      throw stackErrors.validation(
        `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    }
    const value = before[name];
    if (value !== undefined) given[name] = value;
  }
  return given;
}

/** *Documented*: `DisableRollback` and `OnFailure` say the same, and only one of them may be given. */
export function onFailureOf(members: JsonObject): OnFailure {
  const value = textOf(members, "OnFailure") ?? textOf(members, "OnStackFailure");
  const isDisabled = flagOf(members, "DisableRollback");
  if (value === undefined) return isDisabled ? "DO_NOTHING" : "ROLLBACK";
  if (value === "ROLLBACK" || value === "DELETE" || value === "DO_NOTHING") return value;
  throw stackErrors.validation(
    `1 validation error detected: Value '${value}' at 'onFailure' failed to satisfy constraint: Member must satisfy enum value set: [DELETE, DO_NOTHING, ROLLBACK]`,
  );
}

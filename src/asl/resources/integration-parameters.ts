import { isJsonObject, ownMember } from "../../expression/json.ts";
import type { Fields } from "../fields/fields.ts";
import { hasPlaceholder } from "../parse-context.ts";
import { requiredParameters } from "./integration-action.ts";
import { integrationAction } from "./optimized-integrations.ts";
import type { TaskResource } from "./resource.ts";
import { wording } from "../diagnostics/wording.ts";

/**
 * Reports parameters that the integration of a Task cannot do without, and those that it does not have where all are
 * known.
 *
 * Observed, of the service's own validator, for what is missing; documented for what is not supported. What the values
 * are is found out when the task is about to start: most are computed.
 */
export function checkIntegrationParameters(fields: Fields, resource: TaskResource): void {
  if (resource.kind !== "service") return;
  const name = fields.language === "JSONata" ? "Arguments" : "Parameters";
  const value = fields.value(name);
  if (value === undefined) {
    const message = wording.parametersRequired(name, resource.arn);
    fields.context.diagnostics.error(message, fields.location);
    return;
  }
  const action = integrationAction(resource.resourceType, resource.action);
  if (!isJsonObject(value) || action === undefined) return;
  const isTemplate = fields.language === "JSONPath";
  const given = Object.keys(value).map((member) =>
    isTemplate && member.endsWith(".$") ? member.slice(0, -2) : member,
  );
  for (const parameter of given) {
    if (action.parameters !== undefined && !Object.hasOwn(action.parameters, parameter)) {
      fields.fail(name, wording.fieldUnsupported(parameter));
    }
  }
  for (const parameter of requiredParameters(action)) {
    if (!given.includes(parameter)) fields.fail(name, wording.fieldMissing(parameter));
  }
  const { atLeastOne = [], arns = {} } = action;
  if (atLeastOne.length === 0) return;
  if (!atLeastOne.some((parameter) => given.includes(parameter))) {
    fields.fail(name, wording.atLeastOne(atLeastOne));
  }
  for (const parameter of atLeastOne) {
    const holder = ownMember(value, parameter);
    if (!isJsonObject(holder)) continue;
    for (const [member, pattern] of Object.entries(arns)) {
      const arn = ownMember(holder, member);
      if (arn === undefined && !(isTemplate && Object.hasOwn(holder, `${member}.$`))) {
        fields.fail(name, wording.fieldMissing(member));
      }
      const isWrittenOut =
        typeof arn === "string" && !arn.startsWith("{%") && !hasPlaceholder(fields.context, arn);
      if (isWrittenOut && !pattern.test(arn)) {
        fields.context.diagnostics.error(
          wording.notAnArn,
          `${fields.location}/${name}/${parameter}/${member}`,
        );
      }
    }
  }
}

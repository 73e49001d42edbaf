import { shownText } from "../functions/scalar-text.ts";
import { isJsonObject, ownMember, type JsonObject } from "../../expression/json.ts";
import { maximumMembers } from "../limits.ts";
import { TemplateError, type Template, type TemplatePath } from "../template.ts";

/** Documented: "Template sections". `Globals` is SAM's. */
const sectionNames = new Set(
  "AWSTemplateFormatVersion Description Metadata Parameters Rules Mappings Conditions Transform Resources Outputs Hooks Globals".split(
    " ",
  ),
);

/** Documented: resource attributes. `Connectors` is SAM's, of resources of any type. */
const resourceMembers = new Set(
  "Type Properties DependsOn Condition Metadata DeletionPolicy UpdateReplacePolicy UpdatePolicy CreationPolicy Connectors".split(
    " ",
  ),
);

/** Throws where a template has not the form of one. Loops (`Fn::ForEach::Name`) are passed over. */
export function checkStructure(template: Template): void {
  const { sections } = template;
  const unknown = Object.keys(sections).filter((name) => !sectionNames.has(name) && !isLoop(name));
  if (unknown.length > 0) {
    throw at(
      template,
      [unknown[0] as string],
      `Invalid template property or properties [${unknown.join(", ")}]`,
    );
  }
  for (const name of ["Parameters", "Mappings", "Conditions", "Resources", "Outputs"]) {
    checkSection(template, name);
  }
  const resources = ownMember(sections, "Resources");
  if (!isJsonObject(resources) || Object.keys(resources).length === 0) {
    throw at(
      template,
      ["Resources"],
      "Template format error: At least one Resources member must be defined.",
    );
  }
  for (const [logicalId, resource] of Object.entries(resources)) {
    if (isLoop(logicalId)) continue;
    checkResource(template, logicalId, resource);
  }
}

function checkSection(template: Template, name: string): void {
  const section = ownMember(template.sections, name);
  if (section === undefined) return;
  if (!isJsonObject(section)) {
    throw at(template, [name], `Template format error: ${name} must be an object.`);
  }
  const count = Object.keys(section).length;
  const maximum = maximumMembers[name];
  if (maximum !== undefined && count > maximum) {
    throw at(
      template,
      [name],
      `Template format error: Number of ${name.toLowerCase()}, ${String(count)}, is greater than maximum allowed, ${String(maximum)}`,
    );
  }
}

function checkResource(template: Template, logicalId: string, resource: unknown): void {
  const path = ["Resources", logicalId];
  if (!/^[A-Za-z0-9]{1,255}$/.test(logicalId)) {
    throw at(
      template,
      path,
      `Template format error: Resource name ${logicalId} is non alphanumeric.`,
    );
  }
  if (!isJsonObject(resource)) {
    throw at(template, path, "Template format error: Any Resources member must be an object.");
  }
  if (typeof ownMember(resource, "Type") !== "string") {
    throw at(
      template,
      path,
      `Template format error: [/Resources/${logicalId}] Every Resources object must contain a Type member.`,
    );
  }
  checkMembers(template, path, resource);
}

function checkMembers(template: Template, path: readonly string[], resource: JsonObject): void {
  const unknown = Object.keys(resource).find((name) => !resourceMembers.has(name));
  // Observed: SAM's translator drops what it does not know beside a resource's properties.
  if (
    unknown !== undefined &&
    !shownText(ownMember(resource, "Type")).startsWith("AWS::Serverless::")
  ) {
    throw at(template, [...path, unknown], `Invalid template resource property '${unknown}'`);
  }
  const properties = ownMember(resource, "Properties");
  // YAML's `Properties:` with nothing beneath it is null.
  if (properties !== undefined && properties !== null && !isJsonObject(properties)) {
    throw at(
      template,
      [...path, "Properties"],
      "Template format error: Properties must be an object.",
    );
  }
}

export function isLoop(name: string): boolean {
  return name.startsWith("Fn::ForEach::") || name === "Fn::Transform";
}

/** An error with the place of what it is about. */
export function at(template: Template, path: TemplatePath, message: string): TemplateError {
  return new TemplateError(message, path, template.place(path));
}

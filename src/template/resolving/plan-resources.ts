import { shownText } from "../functions/scalar-text.ts";
import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { evaluate, sectionOf } from "../functions/evaluate.ts";
import { unresolvedDependencies } from "../functions/look-up-functions.ts";
import { referredNames } from "../functions/referred-names.ts";
import type { References } from "../functions/references.ts";
import { maximumTextLength } from "../limits.ts";
import { at } from "../reading/check-structure.ts";
import { isLongerThan } from "./is-longer-than.ts";
import { isWanted } from "./is-wanted.ts";
import type { PlannedResource, RetentionPolicy, Template } from "../template.ts";
import { inOrderOfDependencies } from "./order.ts";

export interface ResourcePlanner {
  /** All resources whose condition holds, each after all that it depends on. */
  plan(): readonly PlannedResource[];
  /** A resource's properties with what `references` know. */
  properties(logicalId: string, references: References): JsonObject;
}

export function resourcePlanner(template: Template, known: References): ResourcePlanner {
  const section = sectionOf(template, "Resources");
  const all = Object.entries(section) as [string, JsonObject][];

  const properties = (logicalId: string, references: References) => {
    const path = ["Resources", logicalId, "Properties"];
    const written = ownMember(section[logicalId] as JsonObject, "Properties") ?? {};
    const value = evaluate(written, references, template, path);
    if (value !== undefined && isLongerThan(value, maximumTextLength)) {
      throw at(
        template,
        path,
        `Template error: properties of more than ${String(maximumTextLength)} characters`,
      );
    }
    return value !== undefined && isJsonObject(value) ? value : {};
  };

  return {
    properties,
    plan() {
      const present = all.filter(([logicalId, resource]) =>
        isWanted(template, ["Resources", logicalId], resource, known),
      );
      const names = new Set(present.map(([logicalId]) => logicalId));
      const planned = new Map(
        present.map(([logicalId, resource]) => [
          logicalId,
          plannedResource(
            template,
            logicalId,
            resource,
            properties(logicalId, known),
            known,
            names,
          ),
        ]),
      );
      return inOrder(template, planned);
    },
  };
}

function plannedResource(
  template: Template,
  logicalId: string,
  resource: JsonObject,
  properties: JsonObject,
  known: References,
  names: ReadonlySet<string>,
): PlannedResource {
  const path = ["Resources", logicalId];
  const member = (name: string) => {
    const written = ownMember(resource, name);
    return written === undefined ? undefined : evaluate(written, known, template, [...path, name]);
  };
  const metadata = member("Metadata");
  const updatePolicy = member("UpdatePolicy");
  const creationPolicy = member("CreationPolicy");
  const references = [properties, metadata, updatePolicy, creationPolicy].flatMap((value) =>
    value === undefined ? [] : referredNames(value, path),
  );
  const gone = references.find(({ name }) => !names.has(name));
  if (gone) throw at(template, gone.path, unresolvedDependencies([gone.name], gone.path));
  const dependencies = new Set([
    ...dependsOn(template, logicalId, resource, names),
    ...references.map(({ name }) => name),
  ]);
  return {
    logicalId,
    type: ownMember(resource, "Type") as string,
    properties,
    dependencies: [...dependencies],
    deletionPolicy: retention(template, path, "DeletionPolicy", member("DeletionPolicy")),
    updateReplacePolicy: retention(
      template,
      path,
      "UpdateReplacePolicy",
      member("UpdateReplacePolicy"),
    ),
    metadata,
    updatePolicy,
    creationPolicy,
  };
}

/** Those that are there: one whose condition does not hold is not waited for. */
function dependsOn(
  template: Template,
  logicalId: string,
  resource: JsonObject,
  names: ReadonlySet<string>,
): readonly string[] {
  const written = ownMember(resource, "DependsOn") ?? [];
  const list = isJsonArray(written) ? written : [written];
  const declared = sectionOf(template, "Resources");
  const missing = list.filter((name) => typeof name !== "string" || !Object.hasOwn(declared, name));
  if (missing.length > 0) {
    const path = ["Resources", logicalId, "DependsOn"];
    throw at(template, path, unresolvedDependencies(missing.map(shownText), path));
  }
  return (list as string[]).filter((name) => names.has(name));
}

const retentionPolicies = new Set<unknown>([
  "Delete",
  "Retain",
  "RetainExceptOnCreate",
  "Snapshot",
]);

function retention(
  template: Template,
  path: readonly string[],
  name: string,
  value: JsonValue | undefined,
): RetentionPolicy {
  if (value === undefined) return "Delete";
  if (retentionPolicies.has(value)) return value as RetentionPolicy;
  throw at(
    template,
    [...path, name],
    `Template format error: Unrecognized ${name} ${shownText(value)} for resource ${String(path[1])}`,
  );
}

function inOrder(
  template: Template,
  planned: ReadonlyMap<string, PlannedResource>,
): readonly PlannedResource[] {
  const result = inOrderOfDependencies(
    new Map([...planned].map(([name, { dependencies }]) => [name, dependencies])),
  );
  if ("order" in result) return result.order.map((name) => planned.get(name) as PlannedResource);
  throw at(
    template,
    ["Resources", result.circle[0] ?? ""],
    `Circular dependency between resources: [${result.circle.join(", ")}]`,
  );
}

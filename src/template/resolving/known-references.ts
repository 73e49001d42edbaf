import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { sectionOf } from "../functions/evaluate.ts";
import { noAttribute, pending, unresolved, type References } from "../functions/references.ts";
import type { MadeResources, ResolvedParameter, Template, TemplateContext } from "../template.ts";
import { pseudoParameter } from "./pseudo-parameter.ts";

/** What everything that is known before a resource is made comes to; resources themselves are still pending. */
export function knownReferences(
  template: Template,
  context: TemplateContext,
  parameters: readonly ResolvedParameter[],
  condition: References["condition"],
): References {
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  const mappings = sectionOf(template, "Mappings");
  const resources = sectionOf(template, "Resources");
  return {
    ref(name) {
      if (name.startsWith("AWS::")) return pseudoParameter(context.pseudo, name);
      const value = values.get(name);
      if (value !== undefined) return value;
      return Object.hasOwn(resources, name) ? pending : unresolved;
    },
    attribute: (logicalId) => (Object.hasOwn(resources, logicalId) ? pending : unresolved),
    condition,
    mapping: (map, topLevelKey, secondLevelKey) =>
      found(found(found(mappings, map), topLevelKey), secondLevelKey) ?? unresolved,
    exportedValue: (name) => context.exportedValue?.(name) ?? unresolved,
    availabilityZones: (region) => zones(context, region),
  };
}

/** The same, once resources are made. Only conditions and Regions are known of a resource that is not. */
export function withMadeResources(known: References, made: MadeResources): References {
  return {
    ...known,
    ref(name) {
      const value = known.ref(name);
      return value === pending ? (made(name)?.ref ?? pending) : value;
    },
    attribute(logicalId, name) {
      const value = known.attribute(logicalId, name);
      if (value !== pending) return value;
      const resource = made(logicalId);
      return resource === undefined
        ? pending
        : (ownMember(resource.attributes, name) ?? noAttribute);
    },
  };
}

function found(object: JsonValue | undefined, name: string): JsonValue | undefined {
  return object !== undefined && isJsonObject(object)
    ? ownMember(object as JsonObject, name)
    : undefined;
}

function zones(context: TemplateContext, region: string): readonly string[] {
  const name = region === "" ? context.pseudo.region : region;
  return context.availabilityZones?.(name) ?? ["a", "b", "c"].map((zone) => `${name}${zone}`);
}

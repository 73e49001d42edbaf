import { jsonEquals, type JsonObject } from "../../expression/json.ts";
import { isPending } from "../../template/functions/is-function.ts";
import type { MadeResources, PlannedResource, ResolvedTemplate } from "../../template/template.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import type { PlannedChange, ResourceRecord, Resources } from "../stacks/stack-record.ts";
import { propertyDifferences } from "./property-differences.ts";

/** The provider of a type; `undefined`: it is not made here. */
export type FindProvider = (type: string) => ResourceProvider | undefined;

export interface PlanOptions {
  readonly find: FindProvider;
  readonly made: MadeResources;
  /** Whether a service is off, so that nothing new is made by it. */
  readonly isOff: (service: string) => boolean;
}

/** What has to be done for a stack's resources to become those of a template. Nothing is asked of any service. */
export function planChange(
  resolved: ResolvedTemplate,
  present: Resources,
  { find, made, isOff }: PlanOptions,
): readonly PlannedChange[] {
  const renewed = new Set<string>();
  // What is made anew is not known yet; what stays, or is changed in place, keeps its references.
  const known: MadeResources = (logicalId) =>
    renewed.has(logicalId) ? undefined : made(logicalId);
  const changes = resolved.resources.flatMap((resource) => {
    const provider = find(resource.type);
    const record = present[resource.logicalId];
    const isMade =
      provider !== undefined &&
      !(record === undefined && provider.service !== undefined && isOff(provider.service));
    const { logicalId, type } = resource;
    const about = { logicalId, type, ...(!isMade && { isMadeUp: true as const }) };
    const change = plannedChange(about, resource.updateReplacePolicy, record, provider, () =>
      resolved.propertiesOf(logicalId, known),
    );
    if (change === undefined) return [];
    if (change.action === "Add" || change.replacement === "True") renewed.add(logicalId);
    return [change];
  });
  const names = new Set(resolved.resources.map(({ logicalId }) => logicalId));
  const removed = Object.values(present).filter(({ logicalId }) => !names.has(logicalId));
  return [...changes, ...removed.map((record) => removal(record, find))];
}

/** What a change is of, whatever it is. */
type About = Pick<PlannedChange, "logicalId" | "type" | "isMadeUp">;

function plannedChange(
  about: About,
  updateReplacePolicy: PlannedResource["updateReplacePolicy"],
  record: ResourceRecord | undefined,
  provider: ResourceProvider | undefined,
  properties: () => JsonObject,
): PlannedChange | undefined {
  if (record === undefined) return { ...about, action: "Add", differences: [] };
  const after = properties();
  const { physicalId } = record;
  const differences = propertyDifferences(record.properties, after, provider?.replacing ?? []);
  const change = { ...about, physicalId, properties: { before: record.properties, after } };
  if (record.type !== about.type) {
    return modified(change, differences, "True", updateReplacePolicy);
  }
  if (differences.length === 0) return undefined;
  const isReplaced = mustReplace(provider, record.properties, after);
  const isSure = !differences.some(
    ({ isDynamic, recreation }) => isDynamic && recreation === "Always",
  );
  const replacement = isReplaced ? (isSure ? "True" : "Conditional") : "False";
  return modified(change, differences, replacement, updateReplacePolicy);
}

function modified(
  about: About & Pick<PlannedChange, "physicalId" | "properties">,
  differences: PlannedChange["differences"],
  replacement: "True" | "False" | "Conditional",
  policy: PlannedResource["updateReplacePolicy"],
): PlannedChange {
  const policyAction =
    replacement === "False"
      ? undefined
      : policy === "Delete"
        ? "ReplaceAndDelete"
        : "ReplaceAndRetain";
  return { ...about, action: "Modify", differences, replacement, policyAction };
}

function removal(record: ResourceRecord, find: FindProvider): PlannedChange {
  const { logicalId, type, physicalId, deletionPolicy } = record;
  return {
    action: "Remove",
    logicalId,
    type,
    physicalId,
    policyAction: deletionPolicy === "Delete" ? "Delete" : "Retain",
    differences: [],
    ...(find(type) === undefined && { isMadeUp: true as const }),
  };
}

/** Whether a resource with other properties has to be another resource. */
export function mustReplace(
  provider: ResourceProvider | undefined,
  before: JsonObject,
  after: JsonObject,
): boolean {
  if (provider === undefined) return false;
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const differing = [...names].filter((name) => differs(before[name], after[name]));
  if (differing.length === 0) return false;
  if (provider.update === undefined) return true;
  return (
    differing.some((name) => provider.replacing.includes(name)) ||
    provider.mustReplace?.(before, after) === true
  );
}

function differs(before: JsonObject[string] | undefined, after: JsonObject[string] | undefined) {
  if (before === undefined || after === undefined) return before !== after;
  return isPending(after) || !jsonEquals(before, after);
}

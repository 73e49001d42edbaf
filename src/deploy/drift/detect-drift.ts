import { propertyDifferences } from "../plan/property-differences.ts";
import { hasDynamicReferences } from "../../template/dynamic-references.ts";
import { isNotFound } from "../aws-calls.ts";
import type { ChangeRequest, StackDesk } from "../desk/stack-desk.ts";
import { stackErrors } from "../desk/stack-errors.ts";
import type { Present, ProviderContext, ResourceProvider } from "../providers/provider.ts";
import type { ResourceDrift, ResourceRecord, StackRecord } from "../stacks/stack-record.ts";
import { placeOf, waitFor } from "../change/change-tools.ts";
import { isInProgress } from "../stacks/stack-status.ts";

/** Asks each resource's service what it is like now, and notes where that is not what the template says. */
export async function detectDrift(
  desk: StackDesk,
  nameOrId: string,
  request: ChangeRequest,
  only?: readonly string[],
): Promise<StackRecord> {
  const stored = await desk.stored(request.caller.region, nameOrId);
  if (stored === undefined) throw stackErrors.noStack(nameOrId);
  const { value: stack, version } = stored;
  if (isInProgress(stack.status)) {
    throw stackErrors.wrongStatus(stack.stackId, stack.status, "checked for drift");
  }
  const at = desk.tools.clock.now();
  const resources: { [logicalId: string]: ResourceRecord } = {};
  for (const resource of Object.values(stack.resources)) {
    const isAsked = only === undefined || only.includes(resource.logicalId);
    resources[resource.logicalId] = isAsked
      ? { ...resource, drift: { ...(await driftOf(resource, stack, desk, request)), at } }
      : resource;
  }
  const statuses = Object.values(resources).map(({ drift }) => drift?.status);
  const isDrifted = statuses.some((status) => status === "MODIFIED" || status === "DELETED");
  const status = isDrifted ? "DRIFTED" : "IN_SYNC";
  const drift = { detectionId: desk.tools.ids.uuid(), status, at } as const;
  const checked: StackRecord = { ...stack, resources, drift };
  if (!(await desk.tools.store.put(checked, version))) throw stackErrors.raced(stack.name);
  return checked;
}

type Drift = Omit<ResourceDrift, "at">;
const unknown: Drift = { status: "NOT_CHECKED", differences: [] };

async function driftOf(
  resource: ResourceRecord,
  stack: StackRecord,
  desk: StackDesk,
  request: ChangeRequest,
): Promise<Drift> {
  const provider = resource.isMadeUp === true ? undefined : desk.tools.find(resource.type);
  if (provider?.read === undefined) return unknown;
  // What a reference stood for then is not known any more.
  if (hasDynamicReferences(resource.properties)) return unknown;
  const actual = await readNow(provider, resource, readingContext(resource, stack, desk, request));
  if (actual === undefined) return { status: "DELETED", differences: [] };
  const differences = propertyDifferences(resource.properties, actual, []).map(
    ({ path, before = "", after = "", change }) => ({
      propertyPath: path.replace(/^\/Properties/, ""),
      expected: before,
      actual: after,
      type: driftTypes[change],
    }),
  );
  return { status: differences.length === 0 ? "IN_SYNC" : "MODIFIED", actual, differences };
}

const driftTypes = { Add: "ADD", Remove: "REMOVE", Modify: "NOT_EQUAL" } as const;

async function readNow(provider: ResourceProvider, present: Present, context: ProviderContext) {
  try {
    return await provider.read?.(present, context);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

/** As that of a change, but nothing is made in it. */
function readingContext(
  { logicalId }: ResourceRecord,
  stack: StackRecord,
  desk: StackDesk,
  request: ChangeRequest,
): ProviderContext {
  const { signal, caller } = request;
  return {
    stack: placeOf(stack),
    logicalId,
    call: desk.callAs(stack, request),
    began: () => Promise.resolve(),
    nested: desk.tools.nestedOf(stack, caller),
    responses: desk.tools.responses,
    newId: () => desk.tools.ids.uuid(),
    generatedName: () => logicalId,
    now: () => desk.tools.clock.now(),
    wait: (milliseconds) => waitFor(desk.tools.clock, milliseconds, signal),
    progress: { saved: undefined, save: () => Promise.resolve() },
    isUndoing: false,
    signal,
  };
}

import { textOf } from "../../deploy/text-of.ts";
import { apiIdsOf, servedAddress } from "../../eventing/proxy/api-host.ts";
import type { JsonObject } from "../../expression/json.ts";

/** What a stack tells, by the names of its outputs. */
export type Outputs = { readonly [name: string]: string };

/** Where this server answers what outputs name by their addresses at AWS; outputs that name no API of the stack are not among them. */
export function servedOutputs(
  outputs: Outputs,
  resources: readonly JsonObject[],
  endpoint: string,
): Outputs {
  const ids = apiIdsOf(
    resources.map(({ ResourceType, PhysicalResourceId }) => ({
      type: textOf(ResourceType),
      physicalId: textOf(PhysicalResourceId ?? ""),
    })),
  );
  return Object.fromEntries(
    Object.entries(outputs).flatMap(([name, value]) => {
      const served = servedAddress(value, ids, endpoint);
      return served === undefined ? [] : [[name, served]];
    }),
  );
}

/** A row for each output, and one beneath it for its address here. */
export function outputRows(
  outputs: Outputs,
  served: Outputs,
): readonly (readonly [string, string])[] {
  return Object.entries(outputs).flatMap(([name, value]) => {
    const here = served[name];
    const row = [name, value] as const;
    return here === undefined ? [row] : [row, ["", `here: ${here}`] as const];
  });
}

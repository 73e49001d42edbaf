import { InvalidMapping } from "../../eventing/request-mapping/mapped-value.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { FirstClassSubtype } from "./api-record.ts";

/** The operation of an integration, and its parameters: *documented*: HTTP APIs, integration subtype reference. */
interface FirstClass {
  readonly operation: "StartExecution" | "StartSyncExecution" | "StopExecution";
  readonly required: string;
  readonly optional: readonly string[];
}

const subtypes: { readonly [S in FirstClassSubtype]: FirstClass } = {
  "StepFunctions-StartExecution": {
    operation: "StartExecution",
    required: "StateMachineArn",
    optional: ["Name", "Input", "Region"],
  },
  "StepFunctions-StartSyncExecution": {
    operation: "StartSyncExecution",
    required: "StateMachineArn",
    optional: ["Name", "Input", "Region", "TraceHeader"],
  },
  "StepFunctions-StopExecution": {
    operation: "StopExecution",
    required: "ExecutionArn",
    optional: ["Cause", "Error", "Region"],
  },
};

export interface FirstClassCall {
  readonly operation: FirstClass["operation"];
  readonly input: JsonObject;
  /** Where it is called; absent: where the API is. */
  readonly region: string | undefined;
}

/** Whether these are parameters of the integration. Throws an {@link InvalidMapping}. */
export function checkParameters(subtype: FirstClassSubtype, names: readonly string[]): void {
  const { required, optional } = subtypes[subtype];
  if (!names.includes(required)) {
    throw new InvalidMapping(
      `Parameter: ${required} is required for integration subtype ${subtype}`,
    );
  }
  const unknown = names.find((name) => name !== required && !optional.includes(name));
  if (unknown !== undefined) {
    throw new InvalidMapping(
      `Parameter: ${unknown} does not fit schema for integration subtype ${subtype}`,
    );
  }
}

export function operationOf(subtype: FirstClassSubtype): FirstClass["operation"] {
  return subtypes[subtype].operation;
}

/** The call that parameters make: members of Step Functions begin with a small letter. */
export function firstClassCall(
  subtype: FirstClassSubtype,
  parameters: ReadonlyMap<string, string>,
): FirstClassCall {
  // *Our choice*: an input that is empty, of a request without a body, is none.
  const members = [...parameters].filter(
    ([name, value]) => name !== "Region" && !(name === "Input" && value === ""),
  );
  return {
    operation: operationOf(subtype),
    input: Object.fromEntries(
      members.map(([name, value]) => [name.charAt(0).toLowerCase() + name.slice(1), value]),
    ),
    region: parameters.get("Region"),
  };
}

import type { IntegrationPattern } from "./resource.ts";

/**
 * What a parameter may be. `text`, `number` and `boolean` take each other's spelling (*our choice*), `string` does not;
 * `json` takes any value, which is sent as JSON text.
 */
export type ParameterKind = "text" | "string" | "number" | "boolean" | "object" | "list" | "json";

/** The parameters of an action, all of them; those with `!` it cannot do without. */
export interface ParameterTable {
  readonly [name: string]: ParameterKind | `${ParameterKind}!`;
}

/** What a definition may say of one action of an optimized integration. */
export interface IntegrationAction {
  readonly patterns: readonly IntegrationPattern[];
  /** Absent: what it takes is not known here, and is found out when it is called. */
  readonly parameters?: ParameterTable;
  /** The parameters that it cannot do without, where not all are known. */
  readonly required?: readonly string[];
  /** Parameters of which one has to be there at least. */
  readonly atLeastOne?: readonly string[];
  /** Members of those that are ARNs, with the pattern of one that is written out; each has to be there. */
  readonly arns?: { readonly [member: string]: RegExp };
}

/** A service's actions by their names: `sendMessage`. */
export interface IntegrationActions {
  readonly [action: string]: IntegrationAction;
}

/** The parameters without which the call cannot be made. */
export function requiredParameters(action: IntegrationAction): readonly string[] {
  if (action.parameters === undefined) return action.required ?? [];
  return Object.entries(action.parameters).flatMap(([name, kind]) =>
    kind.endsWith("!") ? [name] : [],
  );
}

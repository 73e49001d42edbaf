import type { Candidate } from "./candidate.ts";
import {
  type IntrinsicFunction,
  intrinsicFunctions,
  type JsonataFunction,
  jsonataFunctions,
} from "./functions.ts";

/** JSONata's functions. `isCalled`: the parentheses are there already. */
export function jsonataCandidates(isCalled: boolean): readonly Candidate[] {
  const names = Object.keys(jsonataFunctions) as JsonataFunction[];
  return names.map((name) => candidateOf(`$${name}`, jsonataFunctions[name], isCalled));
}

export function intrinsicCandidates(isCalled: boolean): readonly Candidate[] {
  const names = Object.keys(intrinsicFunctions) as IntrinsicFunction[];
  return names.map((name) => candidateOf(name, intrinsicFunctions[name], isCalled));
}

function candidateOf(
  label: `$${JsonataFunction}` | IntrinsicFunction,
  parameters: string,
  isCalled: boolean,
): Candidate {
  const insert = isCalled ? label : `${label}()`;
  return {
    label,
    kind: "function",
    insert,
    // Where there is something to give, it is written next.
    ...(!isCalled && parameters !== "" && { cursor: insert.length - 1 }),
    signature: `${label}(${parameters})`,
    doc: label,
  };
}

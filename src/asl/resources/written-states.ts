import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { QueryLanguage } from "../definition.ts";

/** A state as it is written. */
export interface WrittenState {
  /** `/States/Name`. */
  readonly location: string;
  readonly state: JsonObject;
  readonly language: QueryLanguage;
}

/** All states of a definition that is without errors, with those in Parallel and Map states. */
export function writtenStates(definition: JsonValue): readonly WrittenState[] {
  const states: WrittenState[] = [];
  const visit = (
    machine: JsonValue | undefined,
    location: string,
    inherited: QueryLanguage,
  ): void => {
    if (!isJsonObject(machine)) return;
    const language = languageOf(machine, inherited);
    const members = ownMember(machine, "States");
    for (const [name, state] of Object.entries(isJsonObject(members) ? members : {})) {
      if (!isJsonObject(state)) continue;
      const own = languageOf(state, language);
      const place = `${location}/States/${name}`;
      states.push({ location: place, state, language: own });
      const branches = ownMember(state, "Branches");
      for (const [index, branch] of (isJsonArray(branches) ? branches : []).entries()) {
        visit(branch, `${place}/Branches[${index}]`, own);
      }
      for (const field of ["ItemProcessor", "Iterator"]) {
        visit(ownMember(state, field), `${place}/${field}`, own);
      }
    }
  };
  visit(definition, "", "JSONPath");
  return states;
}

function languageOf(holder: JsonObject, inherited: QueryLanguage): QueryLanguage {
  const named = ownMember(holder, "QueryLanguage");
  return named === "JSONata" || named === "JSONPath" ? named : inherited;
}

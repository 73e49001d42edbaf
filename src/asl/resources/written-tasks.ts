import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import { parseResource } from "./parse-resource.ts";
import type { TaskResource } from "./resource.ts";

/** A Task state as it is written. */
export interface WrittenTask {
  /** `/States/Name`. */
  readonly location: string;
  readonly resource: TaskResource;
  readonly parameters: JsonValue | undefined;
  readonly language: "JSONPath" | "JSONata";
}

/** All Task states of a definition that is without errors, with those in Parallel and Map states. */
export function writtenTasks(definition: JsonValue): readonly WrittenTask[] {
  const tasks: WrittenTask[] = [];
  const visit = (machine: JsonValue | undefined, location: string, inherited: Language): void => {
    if (!isJsonObject(machine)) return;
    const language = languageOf(machine, inherited);
    const states = ownMember(machine, "States");
    for (const [name, state] of Object.entries(isJsonObject(states) ? states : {})) {
      if (!isJsonObject(state)) continue;
      const own = languageOf(state, language);
      const place = `${location}/States/${name}`;
      const resource = ownMember(state, "Resource");
      const parsed = typeof resource === "string" ? parseResource(resource).resource : undefined;
      if (parsed !== undefined && ownMember(state, "Type") === "Task") {
        const parameters = ownMember(state, own === "JSONata" ? "Arguments" : "Parameters");
        tasks.push({ location: place, resource: parsed, parameters, language: own });
      }
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
  return tasks;
}

type Language = WrittenTask["language"];

function languageOf(holder: JsonObject, inherited: Language): Language {
  const named = ownMember(holder, "QueryLanguage");
  return named === "JSONata" || named === "JSONPath" ? named : inherited;
}

import { type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import type { QueryLanguage } from "../definition.ts";
import { parseResource } from "./parse-resource.ts";
import type { TaskResource } from "./resource.ts";
import { writtenStates } from "./written-states.ts";

/** A Task state as it is written. */
export interface WrittenTask {
  /** `/States/Name`. */
  readonly location: string;
  readonly state: JsonObject;
  readonly resource: TaskResource;
  readonly parameters: JsonValue | undefined;
  readonly language: QueryLanguage;
}

/** All Task states of a definition that is without errors, with those in Parallel and Map states. */
export function writtenTasks(definition: JsonValue): readonly WrittenTask[] {
  return writtenStates(definition).flatMap(({ location, state, language }): WrittenTask[] => {
    const written = ownMember(state, "Resource");
    const { resource } = typeof written === "string" ? parseResource(written) : {};
    if (resource === undefined || ownMember(state, "Type") !== "Task") return [];
    const parameters = ownMember(state, language === "JSONata" ? "Arguments" : "Parameters");
    return [{ location, state, resource, parameters, language }];
  });
}

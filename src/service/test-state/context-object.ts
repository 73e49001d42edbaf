import { parseJson } from "../../expression/parse-json.ts";
import type { State } from "../../asl/definition.ts";
import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  isJsonNumber,
} from "../../expression/json.ts";
import { errors } from "../errors/errors.ts";

type Kind = "a string" | "a number" | "any";

/** What a context object may have: its parts and their members. Documented: context object. */
const parts: { readonly [part: string]: { readonly [member: string]: Kind } } = {
  Execution: {
    Id: "a string",
    Input: "any",
    Name: "a string",
    RoleArn: "a string",
    StartTime: "a string",
    RedriveCount: "a number",
    RedriveTime: "a string",
  },
  State: { EnteredTime: "a string", Name: "a string", RetryCount: "a number" },
  StateMachine: { Id: "a string", Name: "a string" },
  Task: { Token: "a string" },
};

/** The context object that a test brings. Observed: the wordings that the corpus has; the others are ours, after them. */
export function contextObject(text: string, state: State): JsonObject {
  const context = parsed(text);
  if (!isJsonObject(context)) throw invalid("Context object must be a JSON object");
  for (const [name, value] of Object.entries(context)) {
    if (name === "Map") {
      throw invalid("'Map' field is not supported when mocking a Context object");
    }
    const members = Object.hasOwn(parts, name) ? parts[name] : undefined;
    if (members === undefined) throw invalid(`Field '${name}' is not allowed`);
    if (name === "Task" && !seesToken(state)) {
      throw invalid(
        "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
      );
    }
    if (!isJsonObject(value)) throw invalid(`${name} must be an object`);
    checkMembers(name, value, members);
  }
  return context;
}

function checkMembers(
  part: string,
  value: JsonObject,
  members: { readonly [member: string]: Kind },
): void {
  for (const [name, member] of Object.entries(value)) {
    const kind = Object.hasOwn(members, name) ? members[name] : undefined;
    if (kind === undefined) throw invalid(`Field '${part}.${name}' is not allowed`);
    if (!isKind(kind, member)) throw invalid(`${part}.${name} must be ${kind}`);
  }
}

function isKind(kind: Kind, value: JsonValue): boolean {
  if (kind === "any") return true;
  return kind === "a string" ? typeof value === "string" : isJsonNumber(value);
}

function seesToken(state: State): boolean {
  return (
    state.Type === "Task" &&
    state.Resource.kind === "service" &&
    state.Resource.pattern !== "requestResponse"
  );
}

function parsed(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    throw invalid("Context object must be valid JSON");
  }
}

function invalid(message: string): Error {
  return errors.validation(`Invalid Context object provided: ${message}`);
}

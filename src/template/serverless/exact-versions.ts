import {
  isJsonArray,
  isJsonObject,
  ownMember,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { ref } from "../sam/expansion.ts";
import { functionId } from "./names.ts";
import { memberObject, type ServerlessService } from "./service.ts";

/** The alias that versions are made with. Our choice of a name: SAM, which makes them here, makes none without. */
export const exactAlias = "exact";

/** Whether a state machine wants versions of functions. Documented by serverless-step-functions: "Blue green deployment". */
export function wantsVersions({ stateMachines }: ServerlessService): boolean {
  return Object.keys(stateMachines).some((key) => isExact(memberObject(stateMachines, key)));
}

export function isExact(stateMachine: JsonObject): boolean {
  return ownMember(stateMachine, "useExactVersion") === true;
}

/** The definition with the newest versions in the place of the service's functions: executions under way keep those that they began with. */
export function withVersions(value: JsonValue, service: ServerlessService): JsonValue {
  if (isJsonArray(value)) return value.map((item) => withVersions(item, service));
  if (!isJsonObject(value)) return value;
  const name = functionIn(value, service);
  if (name !== undefined) return ref(`${functionId(name)}.Version`);
  const object: Record<string, JsonValue> = {};
  for (const [key, member] of Object.entries(value)) {
    setMember(object, key, withVersions(member, service));
  }
  return object;
}

/** The function that `Fn::GetAtt: [hello, Arn]`, `Fn::GetAtt: hello.Arn` or `Ref: hello` names, by its own name or its logical id. */
function functionIn(value: JsonObject, { functions }: ServerlessService): string | undefined {
  const written = ownMember(value, "Fn::GetAtt") ?? ownMember(value, "Ref");
  const parts = typeof written === "string" ? written.split(".") : written;
  const [named] = parts !== undefined && isJsonArray(parts) ? parts : [];
  return Object.keys(functions).find((name) => name === named || functionId(name) === named);
}

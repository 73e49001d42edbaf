import { isJsonObject, ownMember, type JsonObject } from "../../expression/json.ts";

/** What of a `serverless.yml` its resources are made of, variables resolved. */
export interface ServerlessService {
  readonly name: string;
  readonly stage: string;
  readonly region: string;
  readonly provider: JsonObject;
  readonly functions: JsonObject;
  readonly stateMachines: JsonObject;
  readonly activities: readonly string[];
  /** The zip of all functions; absent: the folder of the file. */
  readonly artifact: string | undefined;
}

/** A member that is an object; an empty one if it is not. */
export function memberObject(object: JsonObject, name: string): JsonObject {
  const value = ownMember(object, name);
  return value !== undefined && isJsonObject(value) ? value : {};
}

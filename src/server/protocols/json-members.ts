import { isList } from "../query-protocol/write-xml.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { ServiceError, type ServiceMembers, type ServiceValue } from "../../ports/service-api.ts";

/** The document that a body is. An empty one has no members. */
export function parseMembers(body: Uint8Array): JsonObject {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new ServiceError("SerializationException", "The request is not valid JSON");
  }
  if (!isJsonObject(value)) {
    throw new ServiceError("SerializationException", "The request is not a JSON object");
  }
  return value;
}

/** *Documented*: AWS JSON and REST-JSON have times as seconds since the epoch. */
export function jsonMembers(members: ServiceMembers): JsonObject {
  const shown: { [name: string]: JsonValue } = {};
  for (const [name, value] of Object.entries(members)) {
    if (value !== undefined) shown[name] = jsonValue(value);
  }
  return shown;
}

function jsonValue(value: Exclude<ServiceValue, undefined>): JsonValue {
  if (value instanceof Date) return value.getTime() / 1_000;
  if (isList(value)) {
    return value.map((each) => (each === undefined ? null : jsonValue(each)));
  }
  return typeof value === "object" && value !== null ? jsonMembers(value) : value;
}

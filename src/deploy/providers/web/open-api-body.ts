import { isJsonObject, type JsonObject } from "../../../expression/json.ts";
import { type ObjectPlace, readObject } from "../object-of.ts";
import type { ProviderContext } from "../provider.ts";

/** Whether an API's properties have an OpenAPI document. */
export function hasBody({ Body, BodyS3Location }: JsonObject): boolean {
  return Body !== undefined || BodyS3Location !== undefined;
}

/** The OpenAPI document that an API's properties are or name; `undefined`: there is none. */
export async function bodyOf(
  { Body, BodyS3Location }: JsonObject,
  { call }: Pick<ProviderContext, "call">,
): Promise<string | undefined> {
  if (Body !== undefined) return typeof Body === "string" ? Body : JSON.stringify(Body);
  if (!isJsonObject(BodyS3Location)) return undefined;
  return readObject(BodyS3Location as unknown as ObjectPlace, call);
}

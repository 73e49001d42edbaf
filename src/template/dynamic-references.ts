import { isJsonArray, isJsonObject, setMember, type JsonValue } from "../expression/json.ts";
import { TemplateError } from "./template.ts";

/** A value that is kept somewhere else and read when a resource is made. Documented: "Dynamic references". */
export type DynamicReference =
  | {
      readonly service: "ssm" | "ssm-secure";
      readonly name: string;
      readonly version: string | undefined;
    }
  | {
      readonly service: "secretsmanager";
      readonly secretId: string;
      /** The member of the secret's JSON text; the whole text if absent. */
      readonly jsonKey: string | undefined;
      readonly versionStage: string | undefined;
      readonly versionId: string | undefined;
    }
  /** Ours: a variable of the environment in which `stepwell` runs. */
  | { readonly service: "env"; readonly name: string };

/** Reads what a reference stands for; rejects where it cannot. */
export type ReadDynamicReference = (reference: DynamicReference) => Promise<string>;

const written = /\{\{resolve:([a-z-]+):([^{}]*)\}\}/g;

/** Documented: how many one template may have. */
const maximumReferences = 60;

/**
 * A value with every `{{resolve:…}}` in its texts read, each once. Names of members have none.
 *
 * The last step before a resource is made, so that what is recorded and shown has the references only.
 */
export async function resolveDynamicReferences(
  value: JsonValue,
  read: ReadDynamicReference,
): Promise<JsonValue> {
  const texts = new Set<string>();
  collect(value, texts);
  if (texts.size > maximumReferences) {
    throw new TemplateError(
      `Template may not have more than ${String(maximumReferences)} dynamic references.`,
    );
  }
  const values = new Map<string, string>();
  for (const text of texts) values.set(text, await read(parse(text)));
  return values.size === 0 ? value : replace(value, values);
}

/** Whether there is a `{{resolve:…}}` in a value. */
export function hasDynamicReferences(value: JsonValue): boolean {
  const texts = new Set<string>();
  collect(value, texts);
  return texts.size > 0;
}

function collect(value: JsonValue, texts: Set<string>): void {
  if (typeof value === "string") for (const [text] of value.matchAll(written)) texts.add(text);
  else if (isJsonArray(value)) for (const item of value) collect(item, texts);
  else if (isJsonObject(value)) for (const item of Object.values(value)) collect(item, texts);
}

function replace(value: JsonValue, values: ReadonlyMap<string, string>): JsonValue {
  if (typeof value === "string") {
    return value.replaceAll(written, (text) => values.get(text) ?? text);
  }
  if (isJsonArray(value)) return value.map((item) => replace(item, values));
  if (!isJsonObject(value)) return value;
  const object: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value))
    setMember(object, name, replace(member, values));
  return object;
}

function parse(text: string): DynamicReference {
  const [, service, rest = ""] = /^\{\{resolve:([a-z-]+):(.*)\}\}$/s.exec(text) ?? [];
  switch (service) {
    case "ssm":
    case "ssm-secure":
      return parameter(service, rest, text);
    case "secretsmanager":
      return secret(rest);
    case "env":
      return { service, name: rest };
    default:
      throw new TemplateError(`Could not parse dynamic reference: ${text}`);
  }
}

function parameter(service: "ssm" | "ssm-secure", rest: string, text: string): DynamicReference {
  const [, name, version] = /^([A-Za-z0-9_./-]+)(?::(\d+))?$/.exec(rest) ?? [];
  if (name === undefined) throw new TemplateError(`Could not parse dynamic reference: ${text}`);
  return { service, name, version };
}

/** `secret-id:SecretString:json-key:version-stage:version-id`; the id may be an ARN, which has colons of its own. */
function secret(rest: string): DynamicReference {
  const parts = rest.split(":");
  const idLength = rest.startsWith("arn:") ? 7 : 1;
  const [, jsonKey, versionStage, versionId] = parts.slice(idLength);
  return {
    service: "secretsmanager",
    secretId: parts.slice(0, idLength).join(":"),
    jsonKey: jsonKey || undefined,
    versionStage: versionStage || undefined,
    versionId: versionId || undefined,
  };
}

import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  setMember,
} from "../../../expression/json.ts";

/**
 * The input that a form of AWS's query protocol says: `MessageBody=…`, `MessageAttribute.1.Name=…&MessageAttribute.1.Value.StringValue=…`,
 * `MessageAttributes.entry.1.Name=…`. *Documented*: SQS's and SNS's query APIs.
 */
export function formMembers(form: URLSearchParams): JsonObject {
  const members: Record<string, JsonValue> = {};
  const entries = new Map<string, Record<string, JsonValue>>();
  for (const [name, value] of form) {
    const [, index, rest = ""] =
      /^MessageAttributes?\.(?:entry\.)?(\d{1,3})\.(\w+(?:\.\w+)?)$/.exec(name) ?? [];
    if (index === undefined) {
      if (!ofProtocol.has(name) && /^\w+$/.test(name))
        setMember(members, name, formValue(name, value));
      continue;
    }
    const entry = entries.get(index) ?? {};
    entries.set(index, entry);
    const [member = "", inner] = rest.split(".");
    if (inner === undefined) setMember(entry, member, value);
    else {
      const before = entry[member];
      setMember(entry, member, { ...(isJsonObject(before) ? before : {}), [inner]: value });
    }
  }
  const attributes = [...entries.values()].flatMap(({ Name, Value }) =>
    typeof Name === "string" && Value !== undefined ? [[Name, Value] as const] : [],
  );
  return attributes.length === 0
    ? members
    : { ...members, MessageAttributes: Object.fromEntries(attributes) };
}

const ofProtocol: ReadonlySet<string> = new Set(["Action", "Version"]);

/** Members of these operations that are numbers. */
const numbers: ReadonlySet<string> = new Set([
  "DelaySeconds",
  "MaxNumberOfMessages",
  "VisibilityTimeout",
  "WaitTimeSeconds",
]);

function formValue(name: string, value: string): JsonValue {
  return numbers.has(name) && /^\d{1,9}$/.test(value) ? Number(value) : value;
}

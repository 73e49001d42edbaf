import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { isJsonArray, isJsonObject, ownMember } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";

/** What a task's parameters ask of whoever answers it. */
export interface AskedQuestion {
  readonly title?: string;
  readonly text?: string;
  /** A JSON Schema of the answer. */
  readonly schema?: JsonObject;
  /** Scalar members that are worth seeing at once, by their paths. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
}

/** Members that say what is asked, in the order in which they are looked for. */
const titleMembers = ["title", "Title", "subject", "Subject", "summary"];
const textMembers = ["text", "message", "description", "question", "prompt", "Message"];
const schemaMembers = ["schema", "Schema", "form", "responseSchema", "answerSchema"];

/** Our choice: what fits beside a form. The rest is in the parameters. */
const mostFacts = 12;
const longestFact = 400;
const deepestFact = 2;

/**
 * Reads a question from the parameters of any integration that hands out a task token, or from an activity's input.
 *
 * Each wraps what it sends in another way: a Lambda function's `Payload`, a queue's `MessageBody` and a topic's `Message`
 * (JSON, or JSON in a string), an event's `Entries[0].Detail`, an execution's `Input`, a webhook's `Body`.
 */
export function askedQuestion(parameters: JsonValue): AskedQuestion {
  const { content, envelope } = unwrapped(parameters);
  const title = textIn(content, titleMembers) ?? textIn(envelope, ["Subject", "DetailType"]);
  const plain = typeof content === "string" && content.trim() !== "" ? content : undefined;
  const text = textIn(content, textMembers) ?? plain;
  const schema = jsonOf(memberOf(content, schemaMembers) ?? null);
  return {
    ...(title !== undefined && { title }),
    ...(text !== undefined && { text }),
    ...(isJsonObject(schema) && { schema }),
    facts: factsOf(content, [title, text]),
  };
}

interface Unwrapped {
  readonly content: JsonValue;
  /** What it was found in; the content itself, if that is all there is. */
  readonly envelope: JsonValue;
}

/** The members of parameters that hold what is sent. */
export const wrappers = ["Payload", "MessageBody", "Message", "Input", "Body"] as const;

function unwrapped(parameters: JsonValue): Unwrapped {
  for (const name of wrappers) {
    const inner = memberOf(parameters, [name]);
    if (inner !== undefined && inner !== null && !isJsonArray(inner)) {
      return { content: jsonOf(inner), envelope: parameters };
    }
  }
  const entries = memberOf(parameters, ["Entries"]);
  const entry = isJsonArray(entries) ? entries[0] : undefined;
  if (isJsonObject(entry)) {
    const detail = ownMember(entry, "Detail");
    return { content: detail === undefined ? entry : jsonOf(detail), envelope: entry };
  }
  const content = jsonOf(parameters);
  return { content, envelope: content };
}

/** An object that was sent as a JSON text is read; any other string is a text. */
function jsonOf(value: JsonValue): JsonValue {
  if (typeof value !== "string" || !value.trimStart().startsWith("{")) return value;
  try {
    return parseJson(value);
  } catch {
    return value;
  }
}

function factsOf(
  content: JsonValue,
  said: readonly (string | undefined)[],
): AskedQuestion["facts"] {
  const facts: { name: string; value: string }[] = [];
  const collect = (value: JsonValue, path: string, depth: number): void => {
    if (!isJsonObject(value)) return;
    for (const [name, member] of Object.entries(value)) {
      if (facts.length >= mostFacts) return;
      if (isTokenName(name) || schemaMembers.includes(name)) continue;
      const at = path === "" ? name : `${path}.${name}`;
      if (isJsonObject(member)) {
        if (depth < deepestFact) collect(member, at, depth + 1);
      } else if (member !== null && !isJsonArray(member) && member !== "") {
        const isSaid = typeof member === "string" && said.includes(member);
        if (!isSaid) facts.push({ name: at, value: String(member).slice(0, longestFact) });
      }
    }
  };
  collect(content, "", 1);
  return facts;
}

/** Whether a member of this name holds a task token by custom: it answers the task, so nobody is shown it. */
export function isTokenName(name: string): boolean {
  return /^(task|callback)?[_-]?token$/i.test(name);
}

function memberOf(value: JsonValue, names: readonly string[]): JsonValue | undefined {
  if (!isJsonObject(value)) return undefined;
  for (const name of names) {
    const member = ownMember(value, name);
    if (member !== undefined) return member;
  }
  return undefined;
}

function textIn(value: JsonValue, names: readonly string[]): string | undefined {
  for (const name of names) {
    const text = memberOf(value, [name]);
    if (typeof text === "string" && text.trim() !== "") return text;
  }
  return undefined;
}

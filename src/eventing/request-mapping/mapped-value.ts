import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { compileBodyPath, lazyJson } from "./mapped-request.ts";

/** A mapping that is refused when it is made; the words are our own. */
export class InvalidMapping extends Error {
  override readonly name = "InvalidMapping";
}

/** What selections of a mapping are taken of: a request, or the answer of an integration. */
export interface MappingSource {
  readonly headers: { readonly [name: string]: readonly string[] };
  readonly query?: { readonly [name: string]: readonly string[] };
  readonly pathParameters?: { readonly [name: string]: string };
  readonly path?: string;
  readonly body: string | undefined;
  readonly context: JsonObject;
  readonly stageVariables: { readonly [name: string]: string };
}

/** A value of a mapping: a static text, one selection, or a text with selections in it. */
export interface MappedValue {
  readonly text: string;
  /** `undefined`: nothing is there, or the value is a text with selections, of which those that lead nowhere are empty. */
  valueOf(source: ReadSource): string | undefined;
}

/** A source whose body is parsed at most once for all values of a mapping. */
export interface ReadSource extends MappingSource {
  readonly json: () => JsonValue | undefined;
}

type Selection = (source: ReadSource) => string | undefined;

export function readSource(source: MappingSource): ReadSource {
  return { ...source, json: lazyJson(source.body) };
}

/**
 * Reads the value of a parameter: `$request.body.id`, `Bearer ${request.header.token}`, or a static text. `side` says of what: values of
 * the answer are mapped by `$response`. *Documented*: API Gateway, parameter mapping of HTTP APIs.
 */
export function parseMappedValue(text: string, side: "request" | "response"): MappedValue {
  if (/^\$(?:request|response|context|stageVariables)\./.test(text) || isWhole(text)) {
    const select = parseSelection(text.slice(1), side);
    return { text, valueOf: select };
  }
  const pieces: (string | Selection)[] = [];
  let at = 0;
  for (const { index, 0: whole, 1: inner = "" } of text.matchAll(/\$\{([^{}]*)\}/g)) {
    pieces.push(text.slice(at, index), parseSelection(inner.replace(/^\$/, ""), side));
    at = index + whole.length;
  }
  if (at === 0) return { text, valueOf: () => text };
  pieces.push(text.slice(at));
  return {
    text,
    valueOf: (source) =>
      pieces.map((piece) => (typeof piece === "string" ? piece : (piece(source) ?? ""))).join(""),
  };
}

function isWhole(text: string): boolean {
  return /^\$(?:request|response)\.(?:body|path)$/.test(text);
}

function parseSelection(text: string, side: "request" | "response"): Selection {
  const [, root = "", name = ""] = /^(\w+)\.(.+)$/s.exec(text) ?? [];
  if (root === "context") return (source) => contextValue(source.context, name);
  if (root === "stageVariables") return ({ stageVariables }) => own(stageVariables, name);
  if (root !== side) {
    throw new InvalidMapping(`Invalid mapping expression specified: $${text}`);
  }
  const [, part = "", dotted, bracketed] =
    /^(header|querystring|path|body)(?:\.(.+)|(\[.+))?$/s.exec(name) ?? [];
  const rest = dotted ?? (part === "body" ? bracketed : undefined) ?? "";
  const selection = partSelection(part, rest, side);
  if (selection === undefined) {
    throw new InvalidMapping(`Invalid mapping expression specified: $${text}`);
  }
  return selection;
}

/** *Documented*: several values of a header or of a parameter are joined by commas. */
function partSelection(
  part: string,
  name: string,
  side: "request" | "response",
): Selection | undefined {
  if (part === "body") return name === "" ? ({ body }) => body : bodySelection(name);
  if (part === "header" && name !== "") {
    return ({ headers }) => own(headers, name.toLowerCase())?.join(",");
  }
  if (side === "response") return undefined;
  if (part === "querystring" && name !== "") {
    return ({ query = {} }) => own(query, name)?.join(",");
  }
  if (part !== "path") return undefined;
  if (name === "") return ({ path }) => path;
  return ({ pathParameters = {} }) => own(pathParameters, name);
}

/** *Documented*: neither `..` nor filters. A text is itself, and anything else its JSON. */
function bodySelection(name: string): Selection {
  if (name.startsWith(".") || name.includes("..") || name.includes("?(")) {
    throw new InvalidMapping(`Invalid mapping expression specified: $request.body.${name}`);
  }
  const select = compileOrRefuse(name.startsWith("[") ? `$${name}` : `$.${name}`);
  return ({ json }) => {
    const body = json();
    const value = body === undefined ? undefined : select(body);
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
  };
}

function compileOrRefuse(path: string): ReturnType<typeof compileBodyPath> {
  try {
    return compileBodyPath(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidMapping(`Invalid mapping expression specified: ${reason}`);
  }
}

/** `authorizer.claims.sub`; a name with dots may also be one member. */
export function contextValue(context: JsonObject, name: string): string | undefined {
  let value: JsonValue | undefined = ownMember(context, name);
  if (value === undefined) {
    value = context;
    for (const step of name.split(".")) {
      value = isJsonObject(value) ? ownMember(value, step) : undefined;
    }
  }
  return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
}

function own<T>(values: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

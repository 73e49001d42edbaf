import { isJsonArray, isJsonNumber, isJsonObject, type JsonValue } from "../json.ts";
import { follow } from "./member-chain.ts";
import type { Segment } from "./path-syntax.ts";

/**
 * The message of a path that finds nothing. *Observed*: AWS has a sentence of its own where there is no
 * document to look in.
 */
export function noResultMessage(
  text: string,
  start: JsonValue,
  segments: readonly Segment[],
): string {
  return start === null
    ? nullInput
    : `Invalid path '${text}' : ${describeMissing(start, segments)}`;
}

const nullInput = "Unable to apply Path transformation to null or empty input.";

/**
 * Why a definite path finds nothing, in Jayway's words.
 *
 * *Observed* on AWS: a missing member in the middle gives `Missing property in path $['no']`, one at the
 * end `No results for path: $['no']`. The other sentences are Jayway's.
 */
function describeMissing(start: JsonValue, segments: readonly Segment[]): string {
  let node: JsonValue | undefined = start;
  let path = "$";
  for (const [position, segment] of segments.entries()) {
    const isLast = position === segments.length - 1;
    if (segment.type === "member") {
      if (!isJsonObject(node)) {
        return (
          `Expected to find an object with property ['${segment.name}'] in path ${path} ` +
          `but found '${javaClass(node)}'. This is not a json object according to the JsonProvider: ` +
          "'com.jayway.jsonpath.spi.json.JacksonJsonProvider'."
        );
      }
      path += `['${segment.name}']`;
      node = follow(node, [segment.name]);
      if (node === undefined && !isLast) return `Missing property in path ${path}`;
    } else if (segment.type === "index") {
      if (!isJsonArray(node)) {
        return `Filter: [${segment.index}] can only be applied to arrays. Current context is: ${quoted(node as JsonValue)}`;
      }
      node = follow(node, [segment.index]);
      path += `[${segment.index}]`;
      if (node === undefined) break;
    } else break;
  }
  return `No results for path: ${pathOf(segments)}`;
}

/** The path in brackets, as Jayway writes it. Only definite paths ever find nothing. */
function pathOf(segments: readonly Segment[]): string {
  return segments.reduce((path, segment) => path + stepText(segment), "$");
}

function stepText(segment: Segment): string {
  if (segment.type === "member") return `['${segment.name}']`;
  if (segment.type === "index") return `[${segment.index}]`;
  if (segment.type === "function") return `.${segment.name}()`;
  return segment.type === "members" ? `['${segment.names.join("','")}']` : "..";
}

function javaClass(value: JsonValue | undefined): string {
  if (isJsonArray(value)) return "java.util.ArrayList";
  if (typeof value === "string") return "java.lang.String";
  if (typeof value === "boolean") return "java.lang.Boolean";
  if (!isJsonNumber(value)) return "null";
  return Number.isInteger(Number(value)) ? "java.lang.Integer" : "java.lang.Double";
}

/** How much of a document an error may quote. *Our choice*: a cause has at most 32,768 characters. */
const maximumQuotedInput = 32_768;

/** The cause that AWS gives where the path of a field finds nothing; `searched` is what it looked in. */
export function notFoundMessage(text: string, field: string, searched: JsonValue): string {
  if (searched === null) return nullInput;
  return `The JSONPath '${text}' specified for the field '${field}' could not be found in the input '${quoted(searched)}'`;
}

/** The JSON text of a document for an error, cut where it is very long. */
export function quoted(value: JsonValue): string {
  return JSON.stringify(value).slice(0, maximumQuotedInput);
}

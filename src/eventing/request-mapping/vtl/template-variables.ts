import type { JsonValue } from "../../../expression/json.ts";
import { decodeBase64, encodeBase64 } from "../../../expression/intrinsics/base64.ts";
import { decodeUtf8, encodeUtf8 } from "../../../expression/intrinsics/utf8.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import { compileBodyPath, lazyJson, type MappedRequest } from "../mapped-request.ts";
import { fromJson, TemplateFailure, toText, VtlObject, type VtlValue } from "./values.ts";

/** The variables that a template begins with. *Documented*: API Gateway, mapping template variables. */
export function templateVariables(request: MappedRequest): Map<string, VtlValue> {
  const context = fromJson(request.context) as Map<string, VtlValue>;
  context.set("requestOverride", overrides(["header", "path", "querystring"]));
  context.set("responseOverride", overrides(["header"]));
  return new Map<string, VtlValue>([
    ["input", inputVariable(request)],
    ["util", util],
    ["context", context],
    ["stageVariables", new Map(Object.entries(request.stageVariables))],
  ]);
}

function overrides(names: readonly string[]): VtlValue {
  return new Map(names.map((name) => [name, new Map()]));
}

/** `$input`: what is not in the body is an empty text where JSON is asked for, and nothing as a value. *Observed* by others: a body that is no JSON is a text. */
function inputVariable(request: MappedRequest): VtlObject {
  const json = lazyJson(request.body);
  const select = (path: VtlValue): JsonValue | undefined => {
    const body = json() ?? request.body ?? {};
    return compilePathOf(toText(path))(body);
  };
  const joined = (values: { readonly [name: string]: readonly string[] }): Map<string, VtlValue> =>
    new Map(Object.entries(values).map(([name, each]) => [name, each.join(",")]));
  const path = new Map<string, VtlValue>(Object.entries(request.pathParameters));
  const querystring = joined(request.query);
  const header = joined(request.headers);
  return new VtlObject(
    { body: request.body ?? "" },
    {
      json: (given) => JSON.stringify(select(given) ?? ""),
      path: (given) => {
        const value = select(given);
        return value === undefined ? undefined : fromJson(value);
      },
      params: (...given) => {
        if (given.length === 0) {
          return new Map<string, VtlValue>([
            ["path", path],
            ["querystring", querystring],
            ["header", header],
          ]);
        }
        const name = toText(given[0]);
        return path.get(name) ?? querystring.get(name) ?? header.get(name.toLowerCase()) ?? "";
      },
    },
  );
}

function compilePathOf(text: string): ReturnType<typeof compileBodyPath> {
  try {
    return compileBodyPath(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TemplateFailure(reason);
  }
}

const util = new VtlObject(
  {},
  {
    escapeJavaScript: (given) => escapeJavaScript(toText(given)),
    base64Encode: (given) => encodeBase64(encodeUtf8(toText(given))),
    base64Decode: (given) => decodeUtf8(decodeBase64(toText(given))),
    urlEncode: (given) => urlEncode(toText(given)),
    urlDecode: (given) => urlDecode(toText(given)),
    parseJson: (given) => fromJson(parsed(toText(given))),
  },
);

/** As Apache Commons' `escapeEcmaScript` does it, which API Gateway uses: what is no printable ASCII, a half of a pair at a time. */
function escapeJavaScript(text: string): string {
  return text.replaceAll(/["'\\/]|[^ -~]/g, (character) => {
    const short = shortEscapes[character];
    if (short !== undefined) return short;
    return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

const shortEscapes: { readonly [character: string]: string } = {
  '"': '\\"',
  "'": "\\'",
  "\\": "\\\\",
  "/": "\\/",
  "\b": "\\b",
  "\n": "\\n",
  "\t": "\\t",
  "\f": "\\f",
  "\r": "\\r",
};

/** As Java's `URLEncoder` does it. */
function urlEncode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replaceAll("%20", "+")
    .replaceAll(/[!'()~]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`);
}

function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw new TemplateFailure("$util.urlDecode was given what is no encoded text");
  }
}

function parsed(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    throw new TemplateFailure("$util.parseJson was given what is no JSON");
  }
}

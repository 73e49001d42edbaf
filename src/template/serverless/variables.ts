import {
  isJsonArray,
  isJsonObject,
  ownMember,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { maximumIncludeDepth, maximumTemplateValues, maximumTextLength } from "../limits.ts";
import { scalarText, shownText } from "../functions/scalar-text.ts";
import { readValue } from "../reading/read-value.ts";
import { TemplateError, type ReadLocalFile } from "../template.ts";

/** What `${…}` in a `serverless.yml` may come from. */
export interface VariableSources {
  /** Options of the command line: `${opt:stage}`. */
  readonly options: { readonly [name: string]: string };
  /** `${env:NAME}`. */
  readonly environment: { readonly [name: string]: string | undefined };
  /** `${param:name}`. */
  readonly parameters: { readonly [name: string]: string };
  /** Absent: as the file says, else `dev`. */
  readonly stage: string;
  readonly region: string;
  /** `${file(…)}`. */
  readonly readFile: ReadLocalFile | undefined;
}

/**
 * A `serverless.yml` with its variables resolved. Documented: "Variables" of the Serverless Framework.
 *
 * `${AWS::Region}` and its like are CloudFormation's, and stay.
 */
export function resolveVariables(document: JsonObject, sources: VariableSources): JsonObject {
  return new Variables(document, sources).value(document, 0) as JsonObject;
}

/** What a text's innermost variable may be: no braces in it. */
const innermost =
  /\$\{((?:self|opt|env|sls|aws|param|ssm|cf|s3|git|output|file\(|strToBool\()[^{}]*)\}/;

class Variables {
  readonly #document: JsonObject;
  readonly #sources: VariableSources;
  #count = 0;

  constructor(document: JsonObject, sources: VariableSources) {
    this.#document = document;
    this.#sources = sources;
  }

  value(value: JsonValue, depth: number): JsonValue {
    if (++this.#count > maximumTemplateValues) {
      throw new TemplateError(
        `The variables make more than ${String(maximumTemplateValues)} values.`,
      );
    }
    if (typeof value === "string") return this.#text(value, depth);
    if (isJsonArray(value)) return value.map((item) => this.value(item, depth));
    if (!isJsonObject(value)) return value;
    const object: Record<string, JsonValue> = {};
    for (const [name, member] of Object.entries(value)) {
      setMember(object, shownText(this.#text(name, depth)), this.value(member, depth));
    }
    return object;
  }

  #text(text: string, depth: number): JsonValue {
    let current = text;
    for (let match = innermost.exec(current); match; match = innermost.exec(current)) {
      if (depth >= maximumIncludeDepth || ++this.#count > maximumTemplateValues) {
        throw new TemplateError(`Variables refer to each other in a circle: ${text}`);
      }
      const [written, expression = ""] = match;
      const value = this.value(this.#expression(expression, written), depth + 1);
      if (written === current) return value;
      const part = scalarText(value);
      if (part === undefined) {
        throw new TemplateError(
          `The variable ${written} is no text and cannot be a part of one: ${text}`,
        );
      }
      current = current.slice(0, match.index) + part + current.slice(match.index + written.length);
      if (current.length > maximumTextLength) {
        throw new TemplateError(
          `The variables make a text of more than ${String(maximumTextLength)} characters.`,
        );
      }
    }
    return current;
  }

  /** `self:custom.name, 'default'`: the first that there is. */
  #expression(expression: string, written: string): JsonValue {
    for (const source of splitAtCommas(expression)) {
      const value = this.#source(source.trim());
      if (value !== undefined) return value;
    }
    throw new TemplateError(
      `Cannot resolve the variable ${written} of serverless.yml: there is no such value.`,
    );
  }

  #source(source: string): JsonValue | undefined {
    const literal = literalOf(source);
    if (literal !== undefined) return literal;
    const [, file, inFile] = /^file\(([^)]*)\)(?::(.*))?$/.exec(source) ?? [];
    if (file !== undefined) return this.#file(file.trim(), inFile);
    const [, text] = /^strToBool\((.*)\)$/.exec(source) ?? [];
    if (text !== undefined) return /^(?:true|1)$/i.test(text.trim().replaceAll(/^['"]|['"]$/g, ""));
    const colon = source.indexOf(":");
    return this.#named(source.slice(0, colon), source.slice(colon + 1));
  }

  #named(kind: string, name: string): JsonValue | undefined {
    const { options, environment, parameters, stage, region } = this.#sources;
    switch (kind) {
      case "self":
        return memberAt(this.#document, name);
      case "opt":
        return name === "stage" ? (options["stage"] ?? undefined) : options[name];
      case "env":
        return environment[name];
      case "param":
        return parameters[name];
      case "sls":
        return name === "stage" ? stage : undefined;
      case "aws":
        return name === "region"
          ? region
          : name === "accountId"
            ? { Ref: "AWS::AccountId" }
            : undefined;
      // Read when the stack is made, as CloudFormation does it.
      case "ssm":
        return `{{resolve:ssm:${name.replace(/^\([^)]*\):/, "")}}}`;
      default:
        throw new TemplateError(
          `Stepwell knows no variables of the source ${kind} in serverless.yml.`,
        );
    }
  }

  #file(path: string, member: string | undefined): JsonValue | undefined {
    const text = this.#sources.readFile?.(path);
    if (text === undefined) return undefined;
    if (/\.[cm]?[jt]s$/.test(path)) {
      throw new TemplateError(`Stepwell runs no code of serverless.yml: \${file(${path})}`);
    }
    const isData = /\.(?:json|ya?ml)$/.test(path);
    const value = isData ? readValue(text).value : text;
    return member === undefined ? value : memberAt(value, member);
  }
}

function memberAt(value: JsonValue, path: string): JsonValue | undefined {
  if (path === "") return value;
  return path.split(".").reduce<JsonValue | undefined>((current, name) => {
    if (current === undefined) return undefined;
    if (isJsonArray(current)) return current[Number(name)];
    return isJsonObject(current) ? ownMember(current, name) : undefined;
  }, value);
}

function literalOf(text: string): JsonValue | undefined {
  const quoted = /^'([^']*)'$|^"([^"]*)"$/.exec(text);
  if (quoted) return quoted[1] ?? quoted[2] ?? "";
  if (text === "true" || text === "false") return text === "true";
  if (text === "null") return null;
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Commas in quotes and in brackets are none. */
function splitAtCommas(text: string): readonly string[] {
  return text.match(/(?:'[^']*'|"[^"]*"|\([^)]*\)|[^,'"(])+/g) ?? [];
}

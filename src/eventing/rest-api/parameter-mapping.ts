import { contextValue, InvalidMapping, type ReadSource } from "../request-mapping/mapped-value.ts";
import { compileBodyPath } from "../request-mapping/mapped-request.ts";

/** Where a mapped value goes: `integration.request.header.X`, `method.response.header.Y`. */
export interface MappedParameter {
  readonly place: "header" | "querystring" | "path";
  readonly name: string;
  readonly value: ParameterSource;
}

/** What a parameter is mapped from; `undefined`: it is not in the request, and nothing is sent. */
export type ParameterSource = (source: ParameterScope) => string | undefined;

/** The request as its client sent it, and of an answer also what the integration said. */
export interface ParameterScope {
  readonly request: ReadSource;
  readonly response?: ReadSource;
}

/** *Documented*: parameter mapping of REST APIs: `'static'`, `method.request.…`, `integration.response.…`, `context.…`, `stageVariables.…`. */
export function parseParameterSource(text: string): ParameterSource {
  const [, fixed] = /^'(.*)'$/s.exec(text) ?? [];
  if (fixed !== undefined) return () => fixed;
  const [, context] = /^context\.(.+)$/.exec(text) ?? [];
  if (context !== undefined) return ({ request }) => contextValue(request.context, context);
  const [, variable] = /^stageVariables\.(\w+)$/.exec(text) ?? [];
  if (variable !== undefined) {
    return ({ request: { stageVariables } }) => own(stageVariables, variable);
  }
  const [, side, multi, part, name = ""] =
    /^(method\.request|integration\.response)\.(multivalue)?(header|querystring|path)\.(.+)$/.exec(
      text,
    ) ?? [];
  if (part !== undefined) {
    return (scope) => partOf(sideOf(scope, side), part, name, multi !== undefined);
  }
  return bodySource(text);
}

function bodySource(text: string): ParameterSource {
  const [, side, path] =
    /^(method\.request|integration\.response)\.body(?:\.(.+)|$)/.exec(text) ?? [];
  if (side === undefined) {
    throw new InvalidMapping(`Invalid mapping expression specified: ${text}`);
  }
  if (path === undefined) return (scope) => sideOf(scope, side)?.body;
  const select = compiled(path.startsWith("$") ? path : `$.${path}`);
  return (scope) => {
    const body = sideOf(scope, side)?.json();
    const value = body === undefined ? undefined : select(body);
    return value === undefined || typeof value === "string" ? value : JSON.stringify(value);
  };
}

function compiled(path: string): ReturnType<typeof compileBodyPath> {
  try {
    return compileBodyPath(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidMapping(`Invalid mapping expression specified: ${reason}`);
  }
}

function sideOf(scope: ParameterScope, side: string | undefined): ReadSource | undefined {
  return side === "method.request" ? scope.request : scope.response;
}

/** *Documented*: of several values the last one, where not all of them are asked for. */
function partOf(
  source: ReadSource | undefined,
  part: string,
  name: string,
  isMulti: boolean,
): string | undefined {
  if (source === undefined) return undefined;
  if (part === "path") return own(source.pathParameters ?? {}, name);
  const values =
    part === "header" ? own(source.headers, name.toLowerCase()) : own(source.query ?? {}, name);
  return isMulti ? values?.join(",") : values?.at(-1);
}

/** Reads `{ "integration.request.header.X": "'1'" }`, or those of a method's response. Throws an {@link InvalidMapping}. */
export function parseParameterMapping(
  given: { readonly [destination: string]: string },
  side: "integration.request" | "method.response" | "gatewayresponse",
): readonly MappedParameter[] {
  return Object.entries(given).map(([destination, text]) => {
    const [place, name] = destination.startsWith(`${side}.`)
      ? splitOnce(destination.slice(side.length + 1))
      : [];
    const isPlace = place === "header" || (side === "integration.request" && isRequestPlace(place));
    if (!isPlace || name === undefined || (place === "header" && !headerName.test(name))) {
      throw new InvalidMapping(`Invalid mapping expression parameter specified: ${destination}`);
    }
    return { place, name, value: parseParameterSource(text) };
  });
}

function isRequestPlace(place: string | undefined): place is "querystring" | "path" {
  return place === "querystring" || place === "path";
}

function splitOnce(text: string): readonly [string | undefined, string | undefined] {
  const dot = text.indexOf(".");
  return dot < 0 ? [text, undefined] : [text.slice(0, dot), text.slice(dot + 1)];
}

const headerName = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function own<T>(values: { readonly [name: string]: T }, name: string): T | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

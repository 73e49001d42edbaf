import { InvalidMapping } from "../../eventing/request-mapping/mapped-value.ts";

/** Which requests a route is for. */
export interface RouteKey {
  /** `ANY` for every method. */
  readonly method: string;
  readonly segments: readonly RouteSegment[];
}

type RouteSegment =
  | { readonly type: "text"; readonly text: string }
  /** `{id}`. */
  | { readonly type: "parameter"; readonly name: string }
  /** `{rest+}`, for all that follows. */
  | { readonly type: "greedy"; readonly name: string };

/** *Documented*: what is asked for by no other route. */
export const defaultRouteKey = "$default";

const methods = ["ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"];

/** Reads `POST /orders/{id}`; `$default` takes everything. Throws an `InvalidMapping`. */
export function parseRouteKey(text: string): RouteKey {
  if (text === defaultRouteKey) {
    return { method: "ANY", segments: [{ type: "greedy", name: "" }] };
  }
  const [, method = "", path = ""] = /^([A-Z]+) (\/\S*)$/.exec(text) ?? [];
  if (!methods.includes(method)) throw invalid(text);
  const parts = path === "/" ? [] : path.slice(1).split("/");
  const segments = parts.map((part, index) => parseSegment(part, index === parts.length - 1, text));
  return { method, segments };
}

function parseSegment(part: string, isLast: boolean, key: string): RouteSegment {
  const [, name, greedy] = /^\{([\w.:-]+)(\+?)\}$/.exec(part) ?? [];
  if (name === undefined) {
    if (/[{}]/.test(part)) throw invalid(key);
    return { type: "text", text: part };
  }
  if (greedy === "") return { type: "parameter", name };
  if (!isLast) throw invalid(key);
  return { type: "greedy", name };
}

function invalid(key: string): InvalidMapping {
  return new InvalidMapping(
    `The provided route key is not formatted properly for HTTP protocol. Format should be "<HTTP METHOD> /<RESOURCE PATH>" or "$default": ${key}`,
  );
}

/** The parameters of a path that the route is for; `undefined`: it is not. `path` is split at its slashes and decoded. */
export function matchRoute(
  { method, segments }: RouteKey,
  asked: { readonly method: string; readonly path: readonly string[] },
): { readonly [name: string]: string } | undefined {
  if (method !== "ANY" && method !== asked.method) return undefined;
  const parameters: [string, string][] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment.type === "greedy") {
      // `$default` is for the root as well; `{rest+}` needs something.
      if (segment.name === "") return Object.fromEntries(parameters);
      const rest = asked.path.slice(index).join("/");
      return rest === "" ? undefined : Object.fromEntries([...parameters, [segment.name, rest]]);
    }
    const part = asked.path[index];
    if (part === undefined || part === "") return undefined;
    if (segment.type === "parameter") parameters.push([segment.name, part]);
    else if (segment.text !== part) return undefined;
  }
  return asked.path.length === segments.length ? Object.fromEntries(parameters) : undefined;
}

/** *Documented*: a full match goes before a parameter, that before a greedy one; a method before `ANY`; `$default` is last. */
export function compareRoutes(one: RouteKey, other: RouteKey): number {
  const [left, right] = [one, other].map(({ segments }) => segments.map(rank).join(""));
  if (left !== right) return (left ?? "") < (right ?? "") ? -1 : 1;
  return Number(one.method === "ANY") - Number(other.method === "ANY");
}

function rank(segment: RouteSegment): string {
  if (segment.type === "text") return "0";
  if (segment.type === "parameter") return "1";
  return segment.name === "" ? "3" : "2";
}

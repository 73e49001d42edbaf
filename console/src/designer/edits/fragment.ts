import { isNewObject, type NewValue } from "../document/new-value.ts";
import type { Target } from "./ways.ts";
import { nameOf } from "./ways.ts";

export type QueryLanguage = "JSONPath" | "JSONata";

/** A state that is to be put into a definition, by its fields. */
export type NewState = { readonly [field: string]: NewValue };

/** States that go together: what the clipboard holds, and what a pattern gives. As in ASL, without a language it is JSONPath. */
export interface Fragment {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: NewState };
  readonly QueryLanguage?: QueryLanguage;
}

export function objectIn(value: NewValue | undefined): { readonly [name: string]: NewValue } {
  return value !== undefined && isNewObject(value) ? value : {};
}

export function itemsIn(value: NewValue | undefined): readonly NewValue[] {
  return Array.isArray(value) ? (value as readonly NewValue[]) : [];
}

/** Scopes in a state that is not in a document yet, and the state with other ones in their places. */
function mapScopes(state: NewState, map: (scope: NewState) => NewState): NewState {
  const changed: Record<string, NewValue> = { ...state };
  if (state["Type"] === "Parallel" && Array.isArray(state["Branches"])) {
    changed["Branches"] = itemsIn(state["Branches"]).map((branch) => map(objectIn(branch)));
  }
  for (const field of ["ItemProcessor", "Iterator"]) {
    const processor = state[field];
    if (state["Type"] === "Map" && processor !== undefined && isNewObject(processor)) {
      changed[field] = map(processor);
    }
  }
  return changed;
}

/** The names of a scope's states, and of those within. */
export function namesIn(scope: NewState): readonly string[] {
  return Object.entries(objectIn(scope["States"])).flatMap(([name, state]) => {
    const inner: string[] = [];
    mapScopes(objectIn(state), (each) => {
      inner.push(...namesIn(each));
      return each;
    });
    return [name, ...inner];
  });
}

/** What becomes of a target: `undefined` is one that is not said. */
type MapTarget = (target: Target, kind: "next" | "choice" | "default" | "catch") => Target;

/** The state with other targets. A rule, a Default or a Catcher cannot become the end: it loses its target. */
export function withTargets(state: NewState, map: MapTarget): NewState {
  const { Type } = state;
  if (Type === "Succeed" || Type === "Fail") return state;
  const changed: Record<string, NewValue> = { ...state };
  if (Type === "Choice") {
    changed["Choices"] = mapEntries(state["Choices"], (each) => map(each, "choice"));
    const name = nameOf(map(targetIn(state, "Default"), "default"));
    delete changed["Default"];
    return { ...changed, ...(name !== undefined && { Default: name }) };
  }
  if (Array.isArray(state["Catch"])) {
    changed["Catch"] = mapEntries(state["Catch"], (each) => map(each, "catch"));
  }
  const next = targetIn(state, "Next");
  const target = map(next === "nothing" && state["End"] === true ? "end" : next, "next");
  delete changed["Next"];
  delete changed["End"];
  if (target === "nothing") return changed;
  return { ...changed, ...(target === "end" ? { End: true } : { Next: target.name }) };
}

function mapEntries(entries: NewValue | undefined, map: (target: Target) => Target): NewValue {
  return itemsIn(entries).map((entry) => {
    const { Next: _next, ...rest } = objectIn(entry);
    const name = nameOf(map(targetIn(objectIn(entry), "Next")));
    return { ...rest, ...(name !== undefined && { Next: name }) };
  });
}

function targetIn(holder: { readonly [name: string]: NewValue }, field: string): Target {
  const name = holder[field];
  return typeof name === "string" ? { name } : "nothing";
}

/** The scope with other names for its states and those within, wherever they are named. */
export function renamedIn(scope: NewState, names: ReadonlyMap<string, string>): NewState {
  const own = objectIn(scope["States"]);
  const renamed = (name: string): string =>
    Object.hasOwn(own, name) ? (names.get(name) ?? name) : name;
  const states = Object.entries(own).map(([name, state]) => {
    const inner = mapScopes(objectIn(state), (each) => renamedIn(each, names));
    const mapped = withTargets(inner, (target) => {
      const to = nameOf(target);
      return to === undefined ? target : { name: renamed(to) };
    });
    return [renamed(name), mapped] as const;
  });
  const startAt = scope["StartAt"];
  return {
    ...scope,
    ...(typeof startAt === "string" && { StartAt: renamed(startAt) }),
    States: Object.fromEntries(states),
  };
}

/** The state, and those within, with the language said: in a definition of another language that is theirs. */
export function inLanguage(state: NewState, language: QueryLanguage): NewState {
  const inner = mapScopes(state, (scope) => {
    const states = Object.entries(objectIn(scope["States"]));
    const said = states.map(
      ([name, each]) => [name, inLanguage(objectIn(each), language)] as const,
    );
    return { ...scope, States: Object.fromEntries(said) };
  });
  if (inner["QueryLanguage"] !== undefined) return inner;
  const { Type, ...rest } = inner;
  return { ...(Type !== undefined && { Type }), QueryLanguage: language, ...rest };
}

import type { DefinitionDocument } from "../document/definition-document.ts";
import { isNewObject, newValueOf } from "../document/new-value.ts";
import { edited, type Draft, type Outcome } from "./draft.ts";
import type { EditResult } from "./edit-result.ts";
import {
  inLanguage,
  namesIn,
  objectIn,
  renamedIn,
  withTargets,
  type Fragment,
  type NewState,
} from "./fragment.ts";
import { freeNames } from "./names.ts";
import type { Place } from "./place.ts";
import {
  addBranch,
  addStates,
  enter,
  languageOf,
  nextAt,
  pathAt,
  spotAt,
  type Spot,
} from "./spot.ts";
import { nameOf, type Target } from "./ways.ts";

/** A state that is to be inserted: what a palette gives. */
export interface InsertedState {
  readonly type: string;
  /** Its other fields, without `Next` and `End`. */
  readonly fields?: Readonly<Record<string, unknown>>;
  /** Its type if absent. A number is added if the name is taken. */
  readonly name?: string;
}

/** Puts a state into a place. It leads to where the place led before; the rules of a Choice that name nothing do, too. */
export function insertState(
  document: DefinitionDocument,
  place: Place,
  { type, fields = {}, name = type }: InsertedState,
): EditResult {
  const given = newValueOf(fields);
  const own = given !== undefined && isNewObject(given) ? given : {};
  const isEnding = type === "Succeed" || type === "Fail" || type === "Choice";
  const state: NewState = { Type: type, ...own, ...(!isEnding && { End: true }) };
  return edited(document, (draft) =>
    putFragment(draft, place, {
      StartAt: name,
      States: { [name]: state },
      QueryLanguage: languageOf(draft.index),
    }),
  );
}

/**
 * Puts states that go together into a place, in the place of one: what leads there leads to its `StartAt`, and its states that end
 * with `End` go on to where the place led. Names that are taken get a number, also in scopes within.
 */
export function insertFragment(
  document: DefinitionDocument,
  place: Place,
  fragment: Fragment,
): EditResult {
  return edited(document, (draft) => putFragment(draft, place, fragment));
}

export function putFragment(draft: Draft, place: Place, fragment: Fragment): Outcome {
  const { index } = draft;
  const spot = spotAt(index, place);
  const names = freeNames(namesIn({ ...fragment }), index.names);
  const renamed = renamedIn({ ...fragment }, names);
  const startAt = names.get(fragment.StartAt) ?? Object.keys(objectIn(renamed["States"]))[0] ?? "";
  const isOther = fragment.QueryLanguage === "JSONata" && languageOf(index) === "JSONPath";
  const states = Object.entries(objectIn(renamed["States"])).map(([name, state]) => {
    const said = isOther ? inLanguage(objectIn(state), "JSONata") : objectIn(state);
    return [name, joined(said, spot, new Set(names.values()))] as const;
  });
  const added = Object.fromEntries(states);
  let open: Outcome["open"] = [];
  draft.batch((batch) => {
    if (spot.kind === "branch") addBranch(batch, spot, startAt, added);
    else {
      const state = spot.kind === "entry" ? spot.state : undefined;
      open = enter(batch, spot, startAt, languageOf(index, state));
      const after = spot.kind === "entry" ? spot.state.name : spot.after;
      addStates(batch, spot.scope, added, after);
    }
  });
  return { select: states.map(([name]) => pathAt(spot, name)), open };
}

/** The state with its open ends joined to what is behind the place. */
function joined(state: NewState, spot: Spot, own: ReadonlySet<string>): NewState {
  const next = nextAt(spot);
  const known = spot.kind === "branch" ? undefined : spot.scope.states;
  const hasTargets = state["Type"] !== "Choice" || state["Default"] !== undefined;
  return withTargets(state, (target, kind): Target => {
    if (target === "end") return next === "nothing" ? "end" : next;
    const name = nameOf(target);
    if (name === undefined) {
      if (kind === "choice") return next;
      return kind === "default" && !hasTargets ? next : target;
    }
    if (own.has(name) || known?.has(name) === true) return target;
    // It named a state of where it was copied.
    return kind === "next"
      ? next === "nothing"
        ? "end"
        : next
      : kind === "choice"
        ? next
        : "nothing";
  });
}

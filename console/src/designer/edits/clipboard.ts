import { objectOf } from "../../graph/json.ts";
import type { NodeKey } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { found } from "../document/edit-document.ts";
import { exactValue, isNewObject, type NewValue } from "../document/new-value.ts";
import { jsonNotation, printFlow } from "../document/print-flow.ts";
import { plainLayout } from "../document/layout.ts";
import { readDefinition } from "../document/read-definition.ts";
import { answered, edited } from "./draft.ts";
import type { EditResult, Refused } from "./edit-result.ts";
import { objectIn, withTargets, type Fragment, type NewState } from "./fragment.ts";
import { graphIndex, refuse } from "./graph-index.ts";
import { putFragment } from "./insert.ts";
import type { Place } from "./place.ts";
import { runOf, selected } from "./run.ts";
import { languageOf } from "./spot.ts";
import { nameOf } from "./ways.ts";

/** Our choice: what the service takes of a definition. */
const longestClipboard = 1_000_000;

/**
 * States of one scope as plain ASL in JSON: `{ StartAt, States }`, with the `QueryLanguage` if it is JSONata. A `Next` to what is
 * not among them is `End`; rules, Defaults and Catchers keep what they name.
 */
export function copyStates(
  document: DefinitionDocument,
  keys: readonly NodeKey[],
): { readonly text: string } | Refused {
  return answered(() => {
    if (document.faults.length > 0) return refuse("unreadable");
    const index = graphIndex(document);
    const { states } = selected(index, keys);
    const run = answered(() => runOf(index, keys, { areCatchersExits: false }));
    const names = new Set(states.map(({ name }) => name));
    const copies = states.map(({ name, path }) => {
      const value = exactValue(document.text, found(document, path).node);
      const ended = withTargets(objectIn(value), (target, kind) => {
        const to = nameOf(target);
        return kind === "next" && to !== undefined && !names.has(to) ? "end" : target;
      });
      return [name, ended] as const;
    });
    const entry = "refused" in run ? states[0] : run.entry;
    const fragment: NewValue = {
      ...(languageOf(index) === "JSONata" && { QueryLanguage: "JSONata" }),
      StartAt: entry?.name ?? "",
      States: Object.fromEntries(copies),
    };
    const place = {
      layout: plainLayout,
      notation: jsonNotation,
      indent: "",
      mode: "lines",
    } as const;
    return { text: printFlow(fragment, place) };
  });
}

/**
 * Puts a text into a place: a definition, a fragment of one, states by their names, or a single state; JSON or YAML. Names that
 * are taken get a number; what names a state that is not here leads on with the rest, or is left open.
 */
export function pasteText(document: DefinitionDocument, place: Place, text: string): EditResult {
  return edited(document, (draft) => {
    if (text.length > longestClipboard) return refuse("tooLarge");
    const pasted = readDefinition(text);
    if (pasted.faults.length > 0 || pasted.root === undefined) return refuse("notAFragment");
    const fragment = fragmentOf(exactValue(text, pasted.root), languageOf(draft.index));
    return putFragment(draft, place, fragment ?? refuse("notAFragment"));
  });
}

/** What the value stands for as states, if it does. A lone state is of the language of where it is put. */
function fragmentOf(value: NewValue, language: "JSONPath" | "JSONata"): Fragment | undefined {
  if (!isNewObject(value)) return undefined;
  const { Type, States, StartAt, QueryLanguage } = value;
  if (typeof Type === "string") {
    return { StartAt: Type, States: { [Type]: ended(value) }, QueryLanguage: language };
  }
  const isScope = States !== undefined && isNewObject(States);
  const states = isScope ? objectIn(States) : value;
  const [first] = Object.keys(states);
  const areStates = Object.values(states).every(
    (each) => typeof objectOf(each)["Type"] === "string",
  );
  if (first === undefined || !areStates) return undefined;
  const start = typeof StartAt === "string" && Object.hasOwn(states, StartAt) ? StartAt : first;
  const said = QueryLanguage === "JSONata" ? "JSONata" : "JSONPath";
  return {
    StartAt: start,
    States: states as Fragment["States"],
    QueryLanguage: isScope ? said : language,
  };
}

/** What a lone state named is not here. */
function ended(state: NewState): NewState {
  return withTargets(state, (target, kind) => (kind === "next" ? "end" : target));
}

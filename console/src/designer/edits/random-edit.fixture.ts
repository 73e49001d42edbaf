import fc from "fast-check";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { copyStates, pasteText } from "./clipboard.ts";
import { deleteStates } from "./delete.ts";
import { duplicateStates } from "./duplicate.ts";
import type { EditResult } from "./edit-result.ts";
import { addEntry, removeEntry, reorder } from "./entries.ts";
import { extractStates } from "./extract.ts";
import { setField, setWorkflowField } from "./fields.ts";
import { graphIndex, statesWithin, type StateEntry } from "./graph-index.ts";
import { insertState } from "./insert.ts";
import { moveStates } from "./move.ts";
import type { Place } from "./place.ts";
import { renameState } from "./rename.ts";
import { retarget } from "./retarget.ts";
import { unwrapState } from "./unwrap.ts";
import { nameOf, waysOut } from "./ways.ts";
import { wrapStates } from "./wrap.ts";

const operations = [
  "insert",
  "delete",
  "chain",
  "move",
  "retarget",
  "rename",
  "duplicate",
  "paste",
  "wrap",
  "catchGroup",
  "map",
  "unwrap",
  "extract",
  "comment",
  "reorder",
  "addEntry",
  "removeEntry",
] as const;

export interface RandomEdit {
  readonly operation: (typeof operations)[number];
  readonly picks: readonly number[];
}

export const randomEdit: fc.Arbitrary<RandomEdit> = fc.record({
  operation: fc.constantFrom(...operations),
  picks: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
});

function pick<T>(all: readonly T[], at: number | undefined): T | undefined {
  return all.length === 0 ? undefined : all[(at ?? 0) % all.length];
}

/** A state and up to two that follow it. */
function someRun(state: StateEntry, length: number): readonly string[] {
  const keys = [state.key];
  let at: StateEntry | undefined = state;
  for (let count = length % 3; count > 0 && at !== undefined; count--) {
    at = state.scope.states.get(nameOf(waysOut(at)[0]?.target ?? "end") ?? "");
    if (at !== undefined) keys.push(at.key);
  }
  return keys;
}

function somePlace(document: DefinitionDocument, picks: readonly number[]): Place {
  const index = graphIndex(document);
  const state = pick([...index.states.values()], picks[1]);
  const scope = pick([...index.scopes.keys()], picks[2]) ?? "";
  if (state === undefined) return { on: "start", scope };
  const { key } = state;
  const edge = pick(waysOut(state), picks[2]);
  const places: readonly Place[] = [
    ...(edge === undefined ? [] : [{ on: "edge", edge: `${key}|${edge.id}` } as const]),
    { on: "edge", edge: "/#start|start" },
    { on: "start", scope },
    { on: "end", scope },
    { on: "free", scope },
    { on: "after", state: key },
    { on: "rule", choice: key },
    { on: "branch", parallel: key },
    { on: "catch", state: key },
  ];
  return pick(places, picks[3]) ?? { on: "start", scope };
}

const types = ["Pass", "Wait", "Choice", "Succeed", "Fail", "Task", "Parallel"];

/** Performs one of the operations on states and places of the document; `undefined` if it has no states. */
export function perform(
  document: DefinitionDocument,
  { operation, picks }: RandomEdit,
): EditResult | undefined {
  const states = [...graphIndex(document).states.values()];
  const state = pick(states, picks[0]);
  const place = somePlace(document, picks);
  const [, second = 0, third = 0, fourth = 0, fifth = 0] = picks;
  if (operation === "insert") {
    return insertState(document, place, { type: pick(types, fifth) ?? "Pass" });
  }
  if (state === undefined) return undefined;
  const { key } = state;
  const keys = someRun(state, fifth);
  switch (operation) {
    case "delete":
      return deleteStates(document, keys);
    case "chain":
      return deleteStates(document, keys, "chain");
    case "move":
      return moveStates(document, keys, place);
    case "retarget": {
      const way = pick(waysOut(state), second);
      const siblings = [...state.scope.states.values()].map((each) => each.key);
      const target = pick([...siblings, "end", "nothing"], third) ?? "end";
      return retarget(document, { state: key, end: way?.id ?? "next" }, target);
    }
    case "rename":
      return renameState(document, key, `Renamed: "${third % 100}" 'x'`);
    case "duplicate":
      return duplicateStates(document, keys);
    case "paste": {
      const copied = copyStates(document, keys);
      return "refused" in copied ? copied : pasteText(document, place, copied.text);
    }
    case "wrap":
      return wrapStates(document, keys, { as: "Parallel", name: "Together" });
    case "map":
      return wrapStates(document, keys, { as: "Map", name: "Each" });
    case "catchGroup":
      return wrapStates(document, keys, { as: "catchGroup", name: "Try", handler: "Failed" });
    case "unwrap":
      return unwrapState(
        document,
        pick([state, ...states.filter((each) => statesWithin(each).length > 0)], second)?.key ??
          key,
      );
    case "extract":
      return extractStates(document, keys, {
        name: "Child",
        stateMachineArn: "arn:aws:states:us-east-1:123456789012:stateMachine:child",
      });
    case "comment":
      return third % 2 === 0
        ? setField(document, key, ["Comment"], `two\nlines ${fourth % 7}`)
        : setWorkflowField(document, ["Comment"], "new");
    case "reorder":
      return reorder(document, { state: key, field: "Choices" }, second % 3, third % 3);
    case "addEntry":
      return addEntry(
        document,
        key,
        pick(["Choices", "Retry", "Catch", "Branches"] as const, second) ?? "Retry",
      );
    case "removeEntry":
      return removeEntry(
        document,
        key,
        pick(["Choices", "Retry", "Catch", "Branches"] as const, second) ?? "Retry",
        third % 2,
      );
  }
}

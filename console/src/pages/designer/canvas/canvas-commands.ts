import { copyStates, pasteText } from "../../../designer/edits/clipboard.ts";
import { deleteStates } from "../../../designer/edits/delete.ts";
import { duplicateStates } from "../../../designer/edits/duplicate.ts";
import { isRefused, type EditResult } from "../../../designer/edits/edit-result.ts";
import { removeEntry } from "../../../designer/edits/entries.ts";
import { extractStates } from "../../../designer/edits/extract.ts";
import { graphIndex, type GraphIndex } from "../../../designer/edits/graph-index.ts";
import { insertFragment } from "../../../designer/edits/insert.ts";
import { moveStates } from "../../../designer/edits/move.ts";
import type { Place } from "../../../designer/edits/place.ts";
import { renameState } from "../../../designer/edits/rename.ts";
import { retarget } from "../../../designer/edits/retarget.ts";
import { languageOf } from "../../../designer/edits/spot.ts";
import { unwrapState } from "../../../designer/edits/unwrap.ts";
import { wrapStates, type Wrapping } from "../../../designer/edits/wrap.ts";
import type { NodeKey } from "../../../graph/model.ts";
import type { DesignerStore } from "../designer-store.ts";
import type { CanvasItem } from "./canvas-item.ts";
import { placeBeside, selectionPlace, type Direction } from "./selection-place.ts";

/** What one does on the canvas, with what is selected. Each is one step of the history, and its outcome is the store's. */
export class CanvasCommands {
  readonly #store: DesignerStore;

  constructor(store: DesignerStore) {
    this.#store = store;
  }

  get index(): GraphIndex {
    return graphIndex(this.#store.view.readable);
  }

  get selected(): readonly NodeKey[] {
    return this.#store.view.selected;
  }

  /** Where something new goes if no place is said. */
  get place(): Place {
    const { selected, edge } = this.#store.view;
    return selectionPlace(this.index, selected, edge);
  }

  insert(item: Pick<CanvasItem, "build">, place: Place = this.place): EditResult {
    return this.#store.edit("insert", (document) =>
      insertFragment(document, place, item.build(languageOf(graphIndex(document)))),
    );
  }

  move(keys: readonly NodeKey[], place: Place): EditResult {
    return this.#store.edit("move", (document) => moveStates(document, keys, place));
  }

  /** Past the state before or behind it, or into the branch beside its own. */
  moveBeside(direction: Direction): void {
    const place = placeBeside(this.index, this.selected, direction);
    this.#store.edit("move", (document) =>
      place === undefined ? { refused: "noSuchEdge" } : moveStates(document, this.selected, place),
    );
  }

  remove(mode: "rejoin" | "chain"): void {
    const edit = mode === "chain" ? "deleteChain" : "delete";
    const { selected } = this;
    const result = this.#store.edit(edit, (document) => deleteStates(document, selected, mode));
    if (!isRefused(result) && result.select.length === 0) this.#store.select([]);
  }

  duplicate(): void {
    this.#store.edit("duplicate", (document) => duplicateStates(document, this.selected));
  }

  rename(key: NodeKey, name: string): EditResult {
    return this.#store.edit("rename", (document) => renameState(document, key, name));
  }

  wrap(wrapping: Wrapping): void {
    this.#store.edit("wrap", (document) => wrapStates(document, this.selected, wrapping));
  }

  unwrap(): void {
    const [key = ""] = this.selected;
    this.#store.edit("unwrap", (document) =>
      key === "" ? { refused: "nothing" } : unwrapState(document, key),
    );
  }

  retarget(edge: string, target: NodeKey): EditResult {
    const result = this.#store.edit("retarget", (document) => retarget(document, edge, target));
    if (!isRefused(result)) this.#store.select([], edge);
    return result;
  }

  /** A rule, a Catcher or a `Default` goes with its way; a `Next` becomes the end. */
  removeWay(edge: string): EditResult {
    const [key, way = ""] = splitEdge(edge);
    const [kind, at] = way.split(":");
    return this.#store.edit("removeWay", (document) => {
      if (kind === "choice") return removeEntry(document, key, "Choices", Number(at));
      if (kind === "catch") return removeEntry(document, key, "Catch", Number(at));
      return retarget(document, edge, kind === "default" ? "nothing" : "end");
    });
  }

  /** Takes away a branch of a Parallel, by the key of its scope. */
  removeBranch(scope: string): EditResult {
    const { holder } = this.index.scopes.get(scope) ?? {};
    const at = holder?.scopes.findIndex(({ key }) => key === scope) ?? -1;
    return this.#store.edit("removeBranch", (document) =>
      holder?.type === "Parallel"
        ? removeEntry(document, holder.key, "Branches", at)
        : { refused: "noSuchScope" },
    );
  }

  /** The child's text, if the selection can be extracted. Nothing is changed. */
  childText(name: string): ReturnType<typeof extractStates> {
    const task = { name, stateMachineArn: "" };
    return extractStates(this.#store.view.readable, this.selected, task);
  }

  extract(name: string, stateMachineArn: string): EditResult {
    const { selected } = this;
    return this.#store.edit("extract", (document) =>
      extractStates(document, selected, { name, stateMachineArn }),
    );
  }

  /** The selection as plain ASL; `undefined`, and the reason as the outcome, if it cannot be copied. */
  copy(): string | undefined {
    const copied = copyStates(this.#store.view.readable, this.selected);
    if (!("refused" in copied)) return copied.text;
    this.#store.edit("copy", () => copied);
    return undefined;
  }

  cut(): string | undefined {
    const text = this.copy();
    if (text === undefined) return undefined;
    const { selected } = this;
    const result = this.#store.edit("cut", (document) => deleteStates(document, selected));
    if (!isRefused(result) && result.select.length === 0) this.#store.select([]);
    return text;
  }

  paste(text: string): void {
    const { place } = this;
    this.#store.edit("paste", (document) => pasteText(document, place, text));
  }

  /** All states of the scope of the first that is selected, or of the root. */
  selectAll(): void {
    const { index } = this;
    const scope = index.states.get(this.selected[0] ?? "")?.scope ?? index.root;
    this.#store.select([...scope.states.values()].map(({ key }) => key));
  }
}

/** The names of states may have bars, too. */
function splitEdge(edge: string): readonly [NodeKey, string] {
  const bar = edge.lastIndexOf("|");
  return [edge.slice(0, bar), edge.slice(bar + 1)];
}

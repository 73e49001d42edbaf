import { compose, type Composed, type EditStep } from "../document/compose.ts";
import type { DefinitionDocument, Path, TextEdit } from "../document/definition-document.ts";
import {
  addMember,
  insertItem,
  removeEntries,
  renameKey,
  replaceValue,
} from "../document/edit-document.ts";
import type { NewValue } from "../document/new-value.ts";
import { setValue } from "../document/set-value.ts";
import { ordered, OverlapError } from "../document/text-edits.ts";

/**
 * Edits that are all meant of the document as it is. So a text of a megabyte is read once more for all of them, not once for each.
 */
export class EditBatch {
  readonly #changes: EditStep[] = [];
  readonly #renames: { readonly path: Path; readonly name: string }[] = [];
  readonly #removals = new Map<
    string,
    { readonly path: Path; readonly parts: Set<string | number> }
  >();

  set(path: Path, value: NewValue, after?: string | null): void {
    this.#changes.push((document) => setValue(document, path, value, after));
  }

  add(path: Path, name: string, value: NewValue, after?: string | null): void {
    this.#changes.push((document) => addMember(document, path, name, value, after));
  }

  insert(path: Path, value: NewValue, index?: number): void {
    this.#changes.push((document) => insertItem(document, path, value, index));
  }

  /** Gives a member another name and another value where it stands. */
  replaceMember(path: Path, name: string, value: NewValue): void {
    this.#changes.push((document) =>
      ordered(document.text, [
        ...renameKey(document, path, name),
        ...replaceValue(document, path, value),
      ]),
    );
  }

  rename(path: Path, name: string): void {
    this.#renames.push({ path, name });
  }

  remove(path: Path): void {
    const last = path.at(-1);
    if (last === undefined) return;
    const holder = path.slice(0, -1);
    const key = JSON.stringify(holder);
    const known = this.#removals.get(key);
    if (known === undefined) this.#removals.set(key, { path: holder, parts: new Set([last]) });
    else known.parts.add(last);
  }

  /** All of it as one step, or one after the other where two edits come upon the same place. */
  perform(document: DefinitionDocument): Composed {
    const steps = this.#steps();
    let edits: readonly TextEdit[];
    try {
      edits = ordered(
        document.text,
        steps.flatMap((step) => step(document)),
      );
    } catch (error) {
      if (error instanceof OverlapError) return compose(document, ...steps);
      throw error;
    }
    return compose(document, () => edits);
  }

  /** In an order in which the later ones find their paths: what gives things other names is last, inner things first. */
  #steps(): readonly EditStep[] {
    const removals = [...this.#removals.values()].map(
      ({ path, parts }): EditStep =>
        (document) =>
          removeEntries(document, path, [...parts]),
    );
    const renames = this.#renames
      .toSorted((a, b) => b.path.length - a.path.length)
      .map(
        ({ path, name }): EditStep =>
          (document) =>
            renameKey(document, path, name),
      );
    return [...this.#changes, ...removals, ...renames];
  }
}

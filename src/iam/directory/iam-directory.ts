import type { DocumentStore } from "../../ports/document-store.ts";
import type { Logger } from "../../ports/logger.ts";
import { DirectoryView } from "./directory-view.ts";
import { openIamFolder } from "./folder/iam-folder.ts";
import type { IamAccount } from "./iam-arns.ts";
import { type IamKind, type IamRecords, keyOfRecord } from "./records.ts";
import {
  deleteRecord,
  emptyMaps,
  loadRecords,
  putRecord,
  type RecordMaps,
} from "./stored-records.ts";

/** Our choice: nobody loses a race so often by chance. */
const mostTries = 5;

export interface DirectoryOptions extends IamAccount {
  readonly store: DocumentStore;
  readonly logger: Logger;
  /** The folder of JSON files that is read beside the store; absent: there is none. */
  readonly folder?: string | undefined;
}

/** A change was not made. */
export class DirectoryRefusal extends Error {
  override readonly name = "DirectoryRefusal";
  /** `file`: a file of the folder says what it is. `raced`: others changed it again and again meanwhile. */
  readonly reason: "file" | "raced";

  constructor(reason: DirectoryRefusal["reason"]) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * All users, groups, roles, policies and keys, remembered by this process. What the store has is read when it is first asked for and
 * again after {@link forget}; what a file of the folder says hides what the store has under its name.
 */
export interface IamDirectory {
  readonly account: IamAccount;
  /** All of it, as it is now. A promise only where it has to be read first: this is on the path of every request. */
  view(): DirectoryView | Promise<DirectoryView>;
  /**
   * Makes a change of one record, before others of this process are looked at: `next` is given the record that there is, and answers what is
   * to be in its place, or `undefined` for nothing. It may be asked again. What it throws is thrown.
   */
  change<K extends IamKind>(
    kind: K,
    key: string,
    next: (present: IamRecords[K] | undefined, view: DirectoryView) => IamRecords[K] | undefined,
  ): Promise<void>;
  /** Another process has changed something. */
  forget(): void;
  close(): void;
}

export function openIamDirectory(options: DirectoryOptions): IamDirectory {
  const { store, logger, partition, accountId } = options;
  const account = { partition, accountId };
  const folder =
    options.folder === undefined
      ? undefined
      : openIamFolder(options.folder, logger, () => remake());
  let stored: RecordMaps | undefined;
  let view: DirectoryView | undefined;
  let loading: Promise<DirectoryView> | undefined;
  /** Counts what makes something read meanwhile worthless. */
  let changes = 0;
  let lastChange: Promise<unknown> = Promise.resolve();

  function remake(): void {
    if (stored !== undefined)
      view = new DirectoryView(account, stored, folder?.records() ?? emptyMaps());
  }

  async function load(): Promise<DirectoryView> {
    for (;;) {
      const seen = changes;
      const maps = await loadRecords(store);
      if (seen !== changes) continue;
      stored = maps;
      view = new DirectoryView(account, maps, folder?.records() ?? emptyMaps());
      return view;
    }
  }

  function current(): DirectoryView | Promise<DirectoryView> {
    if (view !== undefined) return view;
    loading ??= load().finally(() => (loading = undefined));
    return loading;
  }

  function forget(): void {
    changes += 1;
    stored = view = undefined;
  }

  async function changeNow<K extends IamKind>(
    kind: K,
    key: string,
    next: (present: IamRecords[K] | undefined, seen: DirectoryView) => IamRecords[K] | undefined,
  ): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      const seen = await current();
      const held = seen.find(kind, key);
      const record = next(held?.record, seen);
      if (record === held?.record) return;
      if (held?.version === "file") throw new DirectoryRefusal("file");
      try {
        if (await write(kind, key, record, held?.version ?? 0)) return;
      } finally {
        // What is remembered is old even where nobody can say whether it was written.
        changes += 1;
      }
      forget();
    }
    throw new DirectoryRefusal("raced");
  }

  async function write<K extends IamKind>(
    kind: K,
    key: string,
    record: IamRecords[K] | undefined,
    version: number,
  ): Promise<boolean> {
    try {
      if (record === undefined) {
        if (!(await deleteRecord(store, kind, key, version))) return false;
        stored?.[kind].delete(key);
      } else {
        const held = await putRecord(store, kind, record, version);
        if (held === undefined) return false;
        (stored?.[kind] as Map<string, typeof held> | undefined)?.set(
          keyOfRecord(kind, record),
          held,
        );
      }
      remake();
      return true;
    } catch (error) {
      forget();
      throw error;
    }
  }

  return {
    account,
    view: current,
    forget,
    change(kind, key, next) {
      const changed = lastChange.then(() => changeNow(kind, key, next));
      lastChange = changed.catch(() => undefined);
      return changed;
    },
    close: () => folder?.close(),
  };
}

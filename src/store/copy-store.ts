import { type DumpKind, type DumpRecords, dumpKinds, type StoreDump } from "../ports/store-dump.ts";
import { compareStores, type KindComparison } from "./compare-stores.ts";

/** Records that are read and written in one go: our choice; a page of large ones is shorter. */
const pageRecords = 1_000;

/** A store cannot be copied as it is; the message says what to do. */
export class CopyRefusal extends Error {
  override readonly name = "CopyRefusal";
}

export interface CopyProgress {
  readonly kind: DumpKind;
  readonly phase: "copying" | "comparing";
  /** Records of the kind that are done. */
  readonly done: number;
  /** Absent where nobody knows. */
  readonly of: number | undefined;
}

export interface CopyResult {
  /** Whether an earlier copy was gone on with. */
  readonly resumed: boolean;
  /** Of each kind. */
  readonly kinds: readonly KindComparison[];
  /** What differs, or happened meanwhile. Empty: the target is what the source is, and may be used. */
  readonly problems: readonly string[];
}

/** How far a copy has come, as it is kept in the target. */
interface Marker {
  /** The identity of the source when the copy began. */
  readonly source: string;
  /** The kind that is under way; absent: all is copied. */
  readonly kind?: DumpKind;
  /** The position in it, and how many of its records are before it. */
  readonly after?: string;
  readonly before: number;
}

/**
 * Copies a store into another one, which must be empty, or what an interrupted copy of the same source has left: that one
 * is gone on with. At the end both are read and compared. Until then, no server opens the target.
 */
export async function copyStore(
  from: StoreDump,
  to: StoreDump,
  report: (progress: CopyProgress) => void = () => {},
): Promise<CopyResult> {
  await refuseUsed(from);
  await refuseUsed(to);
  if ((await from.marker()) !== undefined) {
    throw new CopyRefusal(`${from.name} is itself a copy that has not been finished.`);
  }
  const source = await from.identity();
  const { marker, resumed } = await begin(to, source);
  if (marker.kind !== undefined) {
    for (const kind of dumpKinds.slice(dumpKinds.indexOf(marker.kind))) {
      const at = kind === marker.kind ? marker : { source, kind, before: 0 };
      await copyKind(kind, { from, to, at, report });
    }
    await to.finish();
    await to.mark(JSON.stringify({ source, before: 0 } satisfies Marker));
  }
  const kinds = await compareStores(from, to, (kind, done) =>
    report({ kind, phase: "comparing", done, of: undefined }),
  );
  const problems = kinds.flatMap(({ differences }) => differences);
  if ((await from.identity()) !== source) {
    problems.push(`${from.name} was used by a server meanwhile.`);
  }
  if (problems.length === 0) await to.mark(undefined);
  return { resumed, kinds, problems };
}

async function refuseUsed(store: StoreDump): Promise<void> {
  const users = await store.users();
  if (users.length === 0) return;
  const named = users.map(({ nodeId, url }) => `${nodeId} (${url})`).join(", ");
  throw new CopyRefusal(
    `${store.name} is in use by ${named}. Stop every server that uses it; ` +
      "one that did not end in order counts until its lease has run out.",
  );
}

/** Marks an empty target, or reads how far the copy that it is the target of has come. */
async function begin(
  to: StoreDump,
  source: string,
): Promise<{ readonly marker: Marker; readonly resumed: boolean }> {
  const text = await to.marker();
  if (text !== undefined) {
    const marker = JSON.parse(text) as Marker;
    if (marker.source === source) return { marker, resumed: true };
    throw new CopyRefusal(
      `${to.name} has a part of a copy of another store, or of this one as it was before a server used it again. ` +
        "Begin anew with an empty target.",
    );
  }
  for (const kind of dumpKinds) {
    if (kind === "secret") continue;
    const { items } = await to.records(kind, { limit: 1 });
    if (items.length === 0) continue;
    throw new CopyRefusal(`${to.name} is not empty. A store is copied into an empty one.`);
  }
  const marker: Marker = { source, kind: dumpKinds[0], before: 0 };
  await to.mark(JSON.stringify(marker));
  return { marker, resumed: false };
}

async function copyKind<K extends DumpKind>(
  kind: K,
  {
    from,
    to,
    at,
    report,
  }: { from: StoreDump; to: StoreDump; at: Marker; report: (progress: CopyProgress) => void },
): Promise<void> {
  const of = await from.count(kind);
  const read = (after: string | undefined) =>
    from.records(kind, { limit: pageRecords, ...(after !== undefined && { after }) });
  let { before } = at;
  let page = read(at.after);
  for (;;) {
    const { items, next } = await page;
    // The next page is read while this one is written.
    if (next !== undefined) {
      page = read(next);
      page.catch(() => {});
    }
    await to.restore<K>(kind, items as readonly DumpRecords[K][], before);
    before += items.length;
    report({ kind, phase: "copying", done: before, of });
    if (next === undefined) return;
    await to.mark(
      JSON.stringify({ source: at.source, kind, after: next, before } satisfies Marker),
    );
  }
}

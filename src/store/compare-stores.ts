import { createHash } from "node:crypto";
import { type DumpKind, type DumpRecords, dumpKinds, type StoreDump } from "../ports/store-dump.ts";
import { canonicalRecord, recordName } from "./canonical-record.ts";

/** Records that are read in one go: our choice; a page of large ones is shorter. */
const pageRecords = 1_000;

/** Our choice: as many records of a kind as are named, before it is only said that there are more. */
const namedRecords = 10;

export interface KindComparison {
  readonly kind: DumpKind;
  /** Records in each of the two. */
  readonly counts: readonly [number, number];
  /** SHA-256 of the canonical records, each followed by a line feed. */
  readonly checksums: readonly [string, string];
  /** What differs, for people. Empty: nothing does. */
  readonly differences: readonly string[];
}

/** Reads two stores, and says of each kind whether they hold the same, in the same order. */
export async function compareStores(
  left: StoreDump,
  right: StoreDump,
  report: (kind: DumpKind, done: number) => void = () => {},
): Promise<readonly KindComparison[]> {
  const compared: KindComparison[] = [];
  for (const kind of dumpKinds) compared.push(await compareKind(kind, left, right, report));
  return compared;
}

async function compareKind<K extends DumpKind>(
  kind: K,
  left: StoreDump,
  right: StoreDump,
  report: (kind: DumpKind, done: number) => void,
): Promise<KindComparison> {
  const [mine, theirs] = [readAll(left, kind), readAll(right, kind)];
  const differences: string[] = [];
  /** Set once they are no longer in step: after that, every record differs from the one in its place. */
  let isParted = false;
  for (;;) {
    const [one, other] = await Promise.all([mine.next(), theirs.next()]);
    if (one === undefined && other === undefined) break;
    report(kind, Math.max(mine.count(), theirs.count()));
    if (one?.text === other?.text || isParted) continue;
    const [name, otherName] = [one, other].map((each) => each && recordName(kind, each.record));
    if (name === otherName) {
      if (differences.length < namedRecords) differences.push(`${name} differs.`);
      else if (differences.length === namedRecords)
        differences.push(`More of this kind (${kind}) differ.`);
    } else {
      const at = `after ${mine.count() - (one === undefined ? 0 : 1)} records of the kind ${kind}`;
      differences.push(
        `${left.name} has ${name ?? "nothing"} ${at}, and ${right.name} has ${otherName ?? "nothing"}.`,
      );
      isParted = true;
    }
  }
  const checksums = [mine.checksum(), theirs.checksum()] as const;
  if (checksums[0] !== checksums[1] && differences.length === 0) {
    differences.push(`The checksums of the kind ${kind} differ.`);
  }
  return { kind, counts: [mine.count(), theirs.count()], checksums, differences };
}

/** Reads one kind of a store to its end, summing up. The next page is read ahead. */
function readAll<K extends DumpKind>(store: StoreDump, kind: K) {
  const hash = createHash("sha256");
  let count = 0;
  let place = 0;
  let items: readonly DumpRecords[K][] = [];
  let page: ReturnType<StoreDump["records"]> | undefined = read(undefined);

  function read(after: string | undefined): ReturnType<StoreDump["records"]> {
    const reading = store.records(kind, {
      limit: pageRecords,
      ...(after !== undefined && { after }),
    });
    reading.catch(() => {});
    return reading;
  }

  return {
    count: () => count,
    checksum: () => hash.digest("hex"),
    async next(): Promise<{ readonly record: DumpRecords[K]; readonly text: string } | undefined> {
      while (place === items.length) {
        if (page === undefined) return undefined;
        const { items: read_, next } = await page;
        items = read_ as readonly DumpRecords[K][];
        page = next === undefined ? undefined : read(next);
        place = 0;
      }
      const record = items[place++] as DumpRecords[K];
      const text = canonicalRecord(kind, record);
      hash.update(text).update("\n");
      count += 1;
      return { record, text };
    },
  };
}

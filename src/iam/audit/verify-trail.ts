import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { auditFiles, readHead } from "./audit-folder.ts";
import type { ChainedRecord } from "./audit-record.ts";
import { chainBegin, type ChainEnd, genesis, hashOf, recordIn } from "./chain.ts";

/**
 * What was done to a log. `changed`: the line is not what was written. `removed`: lines before this one are gone, or behind it where it
 * is the last. `inserted`: the line, or the one before it, was not there. `found`: a server found it changed when it started.
 * `rewritten`: the line, or where it is the last one behind it, is not that of the anchor.
 */
export type Tampering = "changed" | "removed" | "inserted" | "found" | "rewritten";

export interface AuditProblem {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly tampering: Tampering;
}

export interface Verified {
  readonly files: number;
  readonly records: number;
  readonly problems: readonly AuditProblem[];
  /** Whether the last line is not whole: it is being written, or a server ended in its midst. */
  readonly isTorn: boolean;
}

/** *Our choice*: who sees so many sees enough. */
const mostProblems = 100;

/** Follows the chain of a log from its first line to its head, and by way of an `anchor`: a head as it was kept elsewhere. */
export async function verifyTrail(folder: string, anchor?: ChainEnd): Promise<Verified> {
  // First the head: lines may come while files are read, but none that it names may be missing.
  const head = await readHead(folder);
  const files = await auditFiles(folder);
  const check = new ChainCheck(anchor);
  let isTorn = false;
  for (const [index, { name }] of files.entries()) {
    const lines = (await readFile(join(folder, name), "utf8")).split("\n");
    const rest = lines.pop();
    const isLast = index === files.length - 1;
    isTorn = isLast && rest !== "";
    check.file(name);
    for (const line of lines) check.line(line);
    if (!isLast && rest !== "") check.line(rest ?? "");
  }
  check.finish(head);
  return { files: files.length, records: check.records, problems: check.problems, isTorn };
}

class ChainCheck {
  readonly problems: AuditProblem[] = [];
  records = 0;
  #file = "";
  #line = 0;
  #end: ChainEnd | undefined;
  /** Where the line before is. */
  #before: Omit<AuditProblem, "tampering"> | undefined;
  #first: (ChainEnd & Omit<AuditProblem, "tampering">) | undefined;
  /** Last lines of files that were removed because they were kept long enough. */
  readonly #expired = new Set<string>([genesis]);
  /** Hashes of the newest lines: the head is one of them. */
  readonly #hashes = new Map<number, string>();
  readonly #anchor: ChainEnd | undefined;
  #isAnchored: boolean;

  constructor(anchor: ChainEnd | undefined) {
    this.#anchor = anchor;
    this.#isAnchored = anchor === undefined;
  }

  file(name: string): void {
    this.#file = name;
    this.#line = 0;
  }

  line(text: string): void {
    this.#line++;
    const record = recordIn(text);
    if (record === undefined) return this.#problem("changed");
    this.records++;
    this.#heed(record);
    const { sequence, previous } = record;
    this.#first ??= { sequence, hash: previous, file: this.#file, line: this.#line };
    const end = this.#end ?? { sequence: sequence - 1, hash: previous };
    if (sequence <= end.sequence) return this.#problem("inserted");
    if (sequence > end.sequence + 1) this.#problem("removed");
    else if (previous !== end.hash) this.#problem("changed", this.#before);
    this.#end = { sequence, hash: hashOf(text) };
    this.#before = { file: this.#file, line: this.#line };
    this.#hashes.set(sequence, this.#end.hash);
    this.#hashes.delete(sequence - mostRemembered);
    if (sequence === this.#anchor?.sequence) this.#heedAnchor(this.#anchor);
  }

  #heedAnchor({ hash }: ChainEnd): void {
    this.#isAnchored = true;
    if (this.#end?.hash !== hash) this.#problem("rewritten");
  }

  finish(head: ChainEnd | undefined): void {
    const { sequence, hash } = this.#end ?? chainBegin;
    if (head === undefined) {
      if (sequence > 0) this.#problem("removed", this.#before);
    } else if (head.sequence > sequence) {
      this.#problem("removed", this.#before);
    } else if ((this.#hashes.get(head.sequence) ?? hash) !== head.hash) {
      this.#problem("changed", this.#before);
    }
    const first = this.#first;
    if (!this.#isAnchored && !isBefore(this.#anchor, first)) {
      this.#problem("rewritten", this.#before);
    }
    if (first !== undefined && !this.#expired.has(first.hash)) this.#problem("removed", first);
  }

  /** What the log says of itself. */
  #heed({ eventSource, eventName, additionalEventData }: ChainedRecord): void {
    if (eventSource !== "audit.stepwell") return;
    if (eventName === "FindChainBroken") this.#problem("found");
    const lastHash = additionalEventData?.["lastHash"];
    if (typeof lastHash === "string") this.#expired.add(lastHash);
  }

  #problem(tampering: Tampering, place?: Omit<AuditProblem, "tampering">): void {
    if (this.problems.length >= mostProblems) return;
    const { file, line } = place ?? { file: this.#file, line: this.#line };
    this.problems.push({ file, line, tampering });
  }
}

/** Whether the anchor is the last line that was removed because it was kept long enough. */
function isBefore(anchor: ChainEnd | undefined, first: ChainEnd | undefined): boolean {
  return anchor?.hash === first?.hash && anchor?.sequence === (first?.sequence ?? 0) - 1;
}

/** The head is at most a group behind the last line. */
const mostRemembered = 100_000;

import { createHash } from "node:crypto";
import type { AuditRecord, ChainedRecord } from "./audit-record.ts";

/** What the first record of all has before it. */
export const genesis = "0".repeat(64);

/** Where a chain has come to: the number of its last record, and the hash of that line. */
export interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

export const chainBegin: ChainEnd = { sequence: 0, hash: genesis };

/** A record as the next line of a chain, and where the chain is then. */
export function chained(
  record: AuditRecord,
  { sequence, hash }: ChainEnd,
): { readonly line: string; readonly end: ChainEnd } {
  const next: ChainedRecord = { ...record, sequence: sequence + 1, previous: hash };
  const line = JSON.stringify(next);
  return { line, end: { sequence: next.sequence, hash: hashOf(line) } };
}

/** SHA-256 of a line, without the line feed at its end. */
export function hashOf(line: string): string {
  return createHash("sha256").update(line).digest("hex");
}

/** The record that a line is; `undefined` where it is none. */
export function recordIn(line: string): ChainedRecord | undefined {
  try {
    const record = JSON.parse(line) as Partial<ChainedRecord> | null;
    const isRecord =
      typeof record?.previous === "string" &&
      typeof record.eventName === "string" &&
      Number.isSafeInteger(record.sequence);
    return isRecord ? (record as ChainedRecord) : undefined;
  } catch {
    return undefined;
  }
}

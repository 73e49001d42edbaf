import { hash as digest } from "node:crypto";
import type { ChainedRecord } from "./audit-record.ts";

/** What the first record of all has before it. */
export const genesis = "0".repeat(64);

/** Where a chain has come to: the number of its last record, and the hash of that line. */
export interface ChainEnd {
  readonly sequence: number;
  readonly hash: string;
}

export const chainBegin: ChainEnd = { sequence: 0, hash: genesis };

/** A record's text as the next line of a chain, and where the chain is then. */
export function chained(
  record: string,
  { sequence, hash }: ChainEnd,
): { readonly line: string; readonly end: ChainEnd } {
  const number = sequence + 1;
  const line = `${record.slice(0, -1)},"sequence":${number},"previous":"${hash}"}`;
  return { line, end: { sequence: number, hash: hashOf(line) } };
}

/** SHA-256 of a line, without the line feed at its end. */
export function hashOf(line: string): string {
  return digest("sha256", line);
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

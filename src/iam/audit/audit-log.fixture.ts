import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditedCall } from "../../ports/audit-trail.ts";
import { auditFiles } from "./audit-folder.ts";
import {
  type AuditLogFiles,
  type AuditLogOptions,
  openAuditLog,
  usualAuditSettings,
} from "./audit-trail.ts";
import type { ChainedRecord } from "./audit-record.ts";
import { recordIn } from "./chain.ts";

export const silent = { debug() {}, info() {}, warn() {}, error() {} };

export const newFolder = (): string =>
  join(mkdtempSync(join(tmpdir(), "stepwell-audit-")), "audit");

/** A log whose clock stands still. */
export function logIn(folder: string, more: Partial<AuditLogOptions> = {}): AuditLogFiles {
  return openAuditLog({
    folder,
    settings: usualAuditSettings,
    clock: { now: () => Date.UTC(2027, 10, 29, 12) },
    logger: silent,
    region: "us-east-1",
    accountId: "123456789012",
    ...more,
  });
}

export const call = (eventName: string, more: Partial<AuditedCall> = {}): AuditedCall => ({
  eventSource: "states.amazonaws.com",
  eventName,
  isReadOnly: false,
  decisions: [],
  ...more,
});

/** The lines of all files, the oldest first. */
export async function linesIn(folder: string): Promise<readonly string[]> {
  const files = await auditFiles(folder);
  return files
    .flatMap(({ name }) => readFileSync(join(folder, name), "utf8").split("\n"))
    .filter((line) => line !== "");
}

export async function recordsIn(folder: string): Promise<readonly ChainedRecord[]> {
  return (await linesIn(folder)).flatMap((line) => recordIn(line) ?? []);
}

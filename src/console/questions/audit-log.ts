import { appendFile } from "node:fs/promises";
import type { Logger } from "../../ports/logger.ts";

/** Something that a person decided: who, what, and when. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly action: "answer";
  /** The way that the decision came: from the console, or by a link. */
  readonly by: "console" | "link";
  /** The caller's ARN, as refusals name it. */
  readonly caller: string;
  readonly executionArn: string;
  readonly taskId: number;
  /** What was sent: an output as JSON text, or an error and its cause. */
  readonly answer:
    { readonly output: string } | { readonly error?: string; readonly cause?: string };
}

/** Where decisions are written down, beside the histories of the executions that they were made in. */
export interface AuditLog {
  write(entry: AuditEntry): Promise<void>;
}

/** A line of JSON for each decision. One that cannot be written is told in the log, and has been made all the same. */
export function auditFile(file: string, logger: Logger): AuditLog {
  return {
    async write(entry) {
      try {
        await appendFile(file, `${JSON.stringify(entry)}\n`);
      } catch (error) {
        logger.error("a decision could not be written to the audit log", {
          file,
          error: String(error),
          ...entry,
          answer: JSON.stringify(entry.answer),
        });
      }
    },
  };
}

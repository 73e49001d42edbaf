import type { JsonObject } from "../../expression/json.ts";
import type { AuditLogFiles } from "../../iam/audit/audit-trail.ts";
import { newestOfSource } from "../../iam/audit/read-trail.ts";
import type { AuditRecord } from "../../iam/audit/audit-record.ts";
import type { AuditedCall } from "../../ports/audit-trail.ts";
import type { Logger } from "../../ports/logger.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { AuditAction, AuditEntry } from "../view-types.ts";

/** Where looks, claims and decisions are written down, beside the histories of the executions that they were made in. */
export interface AuditLog {
  /** Never rejects: what was done is done, whether or not it could be written down. */
  write(entry: AuditEntry, request?: RequestContext): Promise<void>;
  /** What is kept, the oldest first. */
  read(): Promise<readonly AuditEntry[]>;
}

/** Our choice: so many are shown, and looked through for claims. */
const mostEntries = 20_000;
/** An answer may have 256 kB; all of it is in the history. */
const longestAnswer = 4_000;

/** Entries are kept as long as the process is there. */
export function auditMemory(): AuditLog {
  let entries: readonly AuditEntry[] = [];
  return {
    read: async () => entries,
    async write(entry) {
      entries = [...entries, shortened(entry)].slice(-1_000);
    },
  };
}

/** Entries are records of the server's one audit log. One that cannot be written is told in the server's own. */
export function questionsOf(files: AuditLogFiles, logger: Logger): AuditLog {
  let entries: AuditEntry[] = [];
  let loading: Promise<void> | undefined;

  async function load(): Promise<void> {
    const records = await newestOfSource(files.folder, eventSource, mostEntries);
    entries = records.flatMap(entryIn);
  }

  return {
    async read() {
      await (loading ??= load());
      return entries;
    },
    async write(entry, request = {}) {
      const kept = shortened(entry);
      try {
        // Loaded first: what is written now would be read again.
        await (loading ??= load());
        entries.push(kept);
        if (entries.length > 2 * mostEntries) entries = entries.slice(-mostEntries);
        await files.note(callOf(kept, request));
      } catch (error) {
        logger.error("an entry could not be written to the audit log", {
          folder: files.folder,
          error: String(error),
          ...kept,
          answer: JSON.stringify(kept.answer),
        });
      }
    },
  };
}

const eventSource = "approvals.stepwell";

const eventNames: { readonly [A in AuditAction]: string } = {
  view: "ViewQuestion",
  claim: "ClaimQuestion",
  release: "ReleaseQuestion",
  link: "LinkQuestion",
  answer: "AnswerQuestion",
};

function callOf(entry: AuditEntry, { caller, requestId }: RequestContext): AuditedCall {
  const { action, executionArn, taskId } = entry;
  return {
    eventSource,
    eventName: eventNames[action],
    caller,
    requestId,
    isReadOnly: action === "view",
    requestParameters: { executionArn, taskId },
    decisions: [],
    additional: { question: entry as unknown as JsonObject },
  };
}

function entryIn({ additionalEventData }: AuditRecord): readonly AuditEntry[] {
  const entry = additionalEventData?.["question"];
  return entry === undefined ? [] : [entry as unknown as AuditEntry];
}

function shortened(entry: AuditEntry): AuditEntry {
  const { answer } = entry;
  if (answer === undefined || !("output" in answer) || answer.output.length <= longestAnswer) {
    return entry;
  }
  return { ...entry, answer: { output: `${answer.output.slice(0, longestAnswer)}…` } };
}

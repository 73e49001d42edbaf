import type { JsonObject } from "../expression/json.ts";
import type { Access, Decision } from "./authorizer.ts";
import type { Caller } from "./caller.ts";

/** *Documented*: what CloudTrail has in the place of what it hides. */
export const hidden = "HIDDEN_DUE_TO_SECURITY_REASONS";

/** What was asked for a call, and what the authorizer said. */
export interface DecidedAccess {
  readonly access: Access;
  readonly decision: Decision;
}

/** What is known of a call before it is performed. */
export interface CallToAudit {
  /** `states.amazonaws.com`. */
  readonly eventSource: string;
  /** `StartExecution`. */
  readonly eventName: string;
  /** Absent: whoever runs this process. */
  readonly caller?: Caller | undefined;
  readonly requestId?: string | undefined;
  readonly isReadOnly: boolean;
  /** Without payloads and secrets: whoever gives them knows which those are. */
  readonly requestParameters?: JsonObject | undefined;
  /** What CloudTrail's members have no place for. */
  readonly additional?: JsonObject | undefined;
}

/** A call with what came of it. */
export interface AuditedCall extends CallToAudit {
  readonly decisions: readonly DecidedAccess[];
  /** Small ids of what was made. */
  readonly responseElements?: JsonObject | undefined;
  /** Absent: it was answered with what it asked for. */
  readonly error?: { readonly code: string; readonly message: string } | undefined;
}

/** Where every call is written down. */
export interface AuditTrail {
  /** Throws where calls must be written down and cannot be: then nothing may be done. */
  ensureWritable(): void;
  /** Takes a record, and is waited for where nothing may be answered before it is durable. */
  record(call: AuditedCall): Promise<void> | undefined;
}

/** Told of each access that is decided while a call is performed. */
export type NoteDecision = (decided: DecidedAccess) => void;

/** *Our choice*: a view may ask about each of thousands of rows; the first say what it was about. */
const mostDecisions = 20;

/** Performs a call, and gives the trail one record of it, however it ends. */
export async function audited<T>(
  trail: AuditTrail,
  call: CallToAudit,
  perform: (note: NoteDecision) => Promise<T>,
  elementsOf?: (result: T) => JsonObject | undefined,
): Promise<T> {
  trail.ensureWritable();
  const decisions: DecidedAccess[] = [];
  let result: T;
  try {
    result = await perform((decided) => {
      if (decisions.length < mostDecisions) decisions.push(decided);
    });
  } catch (thrown) {
    await trail.record({ ...call, decisions, error: auditedError(thrown) });
    throw thrown;
  }
  const durable = trail.record({ ...call, decisions, responseElements: elementsOf?.(result) });
  if (durable !== undefined) await durable;
  return result;
}

/** An error as it is written down. What is no answer of an API is a mistake of this server's, whose words stay in its log. */
export function auditedError(thrown: unknown): { readonly code: string; readonly message: string } {
  const { code, statusCode, message } = thrown as Partial<Record<string, unknown>>;
  return typeof code === "string" && typeof statusCode === "number"
    ? { code, message: String(message) }
    : { code: "InternalFailure", message: "" };
}

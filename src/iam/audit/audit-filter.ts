import { type AuditRecord, onBehalfIn, whoOf } from "./audit-record.ts";

export const auditOutcomes = ["allowed", "denied", "failed"] as const;
/** `failed`: it was allowed, or never asked about, and answered with an error. */
export type AuditOutcome = (typeof auditOutcomes)[number];

/** Which records are asked for; texts are parts of what they are looked for in, in any case of letters. */
export interface AuditFilter {
  /** The caller's ARN or access key, the address that he called from, or on whose behalf he did. */
  readonly who?: string | undefined;
  /** `StartExecution`, `iam.amazonaws.com`. */
  readonly action?: string | undefined;
  /** An ARN. */
  readonly resource?: string | undefined;
  readonly outcome?: AuditOutcome | undefined;
  /** Without what was only read. */
  readonly changesOnly?: boolean | undefined;
  /** Milliseconds of time. */
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

/** *Documented*: the codes that AWS refuses with, in both of its spellings. */
const denials = /^(AccessDenied|UnauthorizedOperation|SignIn|AuthorizationError)/;
const refusedSignatures =
  /^(MissingAuthenticationToken|IncompleteSignature|InvalidSignature|SignatureDoesNotMatch|UnrecognizedClient|InvalidClientTokenId|ExpiredToken)/;

export function outcomeOf({ errorCode }: AuditRecord): AuditOutcome {
  if (errorCode === undefined) return "allowed";
  return denials.test(errorCode) || refusedSignatures.test(errorCode) ? "denied" : "failed";
}

export function isAskedFor(record: AuditRecord, filter: AuditFilter): boolean {
  const { who, action, resource, outcome, changesOnly, since, until } = filter;
  const at = Date.parse(record.eventTime);
  return (
    (since === undefined || at >= since) &&
    (until === undefined || at <= until) &&
    (changesOnly !== true || !record.readOnly) &&
    (outcome === undefined || outcomeOf(record) === outcome) &&
    isIn(who, whoIn(record)) &&
    isIn(action, [record.eventName, record.eventSource]) &&
    isIn(resource, record.resources?.map(({ ARN }) => ARN) ?? [])
  );
}

function whoIn(record: AuditRecord): readonly (string | undefined)[] {
  const { userIdentity, sourceIPAddress } = record;
  return [whoOf(record), userIdentity.accessKeyId, sourceIPAddress, onBehalfIn(record)];
}

function isIn(part: string | undefined, texts: readonly (string | undefined)[]): boolean {
  if (part === undefined || part === "") return true;
  const looked = part.toLowerCase();
  return texts.some((text) => text?.toLowerCase().includes(looked));
}

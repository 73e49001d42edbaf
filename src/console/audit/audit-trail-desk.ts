import { auditOutcomes, outcomeOf } from "../../iam/audit/audit-filter.ts";
import { type ChainedRecord, whoOf } from "../../iam/audit/audit-record.ts";
import { readTrail } from "../../iam/audit/read-trail.ts";
import type { JsonValue } from "../../expression/json.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { AuditCallPage, AuditCallView } from "../view-types.ts";

export interface AuditCallQuery {
  readonly who?: string;
  readonly action?: string;
  readonly resource?: string;
  readonly outcome?: string;
  readonly changesOnly?: boolean;
  readonly since?: number;
  readonly until?: number;
  readonly before?: number;
  readonly limit: number;
}

/** Shows the audit log to whoever may look events up in CloudTrail. */
export class AuditTrailDesk {
  readonly #access: ConsoleAccess;
  readonly #folder: string | undefined;

  constructor(access: ConsoleAccess, folder: string | undefined) {
    this.#access = access;
    this.#folder = folder;
  }

  /** Whether calls are written down here. */
  get isOn(): boolean {
    return this.#folder !== undefined;
  }

  async page(
    { outcome, ...query }: AuditCallQuery,
    request: RequestContext,
  ): Promise<AuditCallPage> {
    await this.#access.may("cloudtrail:LookupEvents", "*", request);
    const wanted = auditOutcomes.find((known) => known === outcome);
    if (outcome !== undefined && wanted === undefined) {
      throw errors.validation(`'outcome' is ${auditOutcomes.join(", ")}`);
    }
    if (this.#folder === undefined) return { calls: [] };
    const { records, next } = await readTrail(this.#folder, { ...query, outcome: wanted });
    return { calls: records.map(callView), ...(next !== undefined && { next }) };
  }
}

function callView(record: ChainedRecord): AuditCallView {
  const { userIdentity, errorCode, resources = [] } = record;
  const { accessKeyId } = userIdentity;
  const decidedBy = lastDecider(record.additionalEventData?.["decidedBy"]);
  return {
    sequence: record.sequence,
    at: Date.parse(record.eventTime),
    who: whoOf(record),
    ...(accessKeyId !== undefined && { accessKeyId }),
    sourceIp: record.sourceIPAddress,
    source: record.eventSource,
    action: record.eventName,
    resources: resources.map(({ ARN }) => ARN),
    outcome: outcomeOf(record),
    ...(errorCode !== undefined && { errorCode }),
    ...(decidedBy !== undefined && { decidedBy }),
    record: JSON.stringify(record),
  };
}

function lastDecider(decidedBy: JsonValue | undefined): string | undefined {
  if (!Array.isArray(decidedBy)) return undefined;
  const by = (decidedBy.at(-1) as { readonly by?: unknown } | undefined)?.by;
  return typeof by === "string" ? by : undefined;
}

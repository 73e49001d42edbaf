import { s3Api } from "../aws-services/s3/s3-api.ts";
import { snsApi, snsOff } from "../aws-services/sns/sns-api.ts";
import { sqsApi, sqsOff } from "../aws-services/sqs/sqs-api.ts";
import { ssmApi } from "../aws-services/ssm/ssm-api.ts";
import { logsApi } from "../aws-services/logs/logs-api.ts";
import type { LogGroups } from "../aws-services/logs/log-groups.ts";
import { createServiceApis } from "../aws-services/service-apis.ts";
import type { MemoryServices } from "../integrations/memory/memory-services.ts";
import { createLocalBuckets } from "../integrations/object-store/local-buckets.ts";
import type { AuditTrail } from "../ports/audit-trail.ts";
import type { Authorizer } from "../ports/authorizer.ts";
import type { Clock } from "../ports/clock.ts";
import type { DocumentStore } from "../ports/document-store.ts";
import type { Ids } from "../ports/ids.ts";
import type { ServiceApi } from "../ports/service-api.ts";
import type { Triggers } from "../triggers/create-triggers.ts";
import type { ServedServices } from "./http-server.ts";

export interface ServicesOptions {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly authorizer: Authorizer;
  readonly audit?: AuditTrail | undefined;
  readonly accountId: string;
  readonly objectFolder: string;
  readonly buckets?: { readonly [name: string]: string };
  readonly logGroups: LogGroups;
  readonly triggers: Pick<Triggers, "apis">;
  /** The stand-ins that are on; absent: none is. */
  readonly memory?: MemoryServices | undefined;
  /** The APIs of what starts executions by itself. */
  readonly more: readonly ServiceApi[];
}

/** AWS's other services, as this endpoint has them. */
export function servedServices(options: ServicesOptions): ServedServices {
  const {
    store,
    clock,
    ids,
    authorizer,
    audit,
    objectFolder,
    buckets,
    logGroups,
    memory,
    triggers,
  } = options;
  const folders = { folder: objectFolder, ...(buckets && { buckets }) };
  const apis: readonly ServiceApi[] = [
    s3Api({ buckets: createLocalBuckets(folders), folder: objectFolder, store, clock }),
    ssmApi({ store, clock }),
    logsApi(logGroups, clock),
    ...triggers.apis,
    memory === undefined ? sqsOff : sqsApi(memory, { clock, ids }),
    memory === undefined ? snsOff : snsApi(memory),
    ...options.more,
  ];
  return { apis, services: createServiceApis(apis, { authorizer, audit }) };
}

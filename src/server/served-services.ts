import {
  cloudWatchApi,
  cloudWatchOff,
  type CloudWatchParts,
} from "../aws-services/cloudwatch/cloudwatch-api.ts";
import { dynamodbApi, dynamodbOff } from "../aws-services/dynamodb/dynamodb-api.ts";
import { s3Api } from "../aws-services/s3/s3-api.ts";
import { snsApi, snsOff } from "../aws-services/sns/sns-api.ts";
import type { MappingRunner } from "../aws-services/lambda/event-source-mappings.ts";
import { CodeLinks } from "../aws-services/lambda/code-links.ts";
import { lambdaApi } from "../aws-services/lambda/lambda-api.ts";
import { sqsApi, sqsOff } from "../aws-services/sqs/sqs-api.ts";
import { ssmApi } from "../aws-services/ssm/ssm-api.ts";
import { logsApi } from "../aws-services/logs/logs-api.ts";
import type { LogGroups } from "../aws-services/logs/log-groups.ts";
import { createDeployer, type Deployer } from "../deploy/create-deployer.ts";
import type { IamService } from "../iam/operations/iam-service.ts";
import { createServiceApis } from "../aws-services/service-apis.ts";
import type { LambdaService } from "../integrations/lambda/lambda-service.ts";
import type { MemoryServices } from "../integrations/memory/memory-services.ts";
import { createLocalBuckets } from "../integrations/object-store/local-buckets.ts";
import type { AuditTrail } from "../ports/audit-trail.ts";
import type { Authorizer } from "../ports/authorizer.ts";
import type { Clock } from "../ports/clock.ts";
import type { DocumentStore } from "../ports/document-store.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import type { ServiceApi, ServiceApis } from "../ports/service-api.ts";
import type { Store } from "../ports/store.ts";
import type { Service } from "../service/service.ts";
import type { ServedServices } from "./http-server.ts";

export interface ServicesOptions {
  readonly store: DocumentStore & Pick<Store, "secret">;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly authorizer: Authorizer;
  readonly audit?: AuditTrail | undefined;
  readonly accountId: string;
  readonly objectFolder: string;
  readonly buckets?: { readonly [name: string]: string };
  readonly logGroups: LogGroups;
  /** What is counted, and the alarms that watch it; absent: nothing is. */
  readonly cloudWatch?: Omit<CloudWatchParts, "clock"> | undefined;
  /** What polls queues for functions. */
  readonly mappingRunner: MappingRunner;
  /** Whether new code is taken; absent: it is. */
  readonly takesFunctionCode?: boolean;
  /** The functions that run here. */
  readonly lambda: Pick<LambdaService, "invokeHere" | "deployed">;
  /** The stand-ins that are on; absent: none is. */
  readonly memory?: MemoryServices | undefined;
  /** The APIs of what starts executions by itself. */
  readonly more: readonly ServiceApi[];
  readonly logger: Logger;
  /** What stacks are made of, beside these services. */
  readonly service: Pick<Service, "call">;
  /** Where functions reach this server, when it listens. */
  readonly endpointUrl?: (() => string | undefined) | undefined;
  readonly iam: Pick<IamService, "call">;
}

/** The services, with what makes stacks of them. */
export interface DeployingServices extends ServedServices {
  readonly deployer: Deployer;
  /** Where the code of functions can be fetched. */
  readonly codeLinks: CodeLinks;
}

/** AWS's other services, as this endpoint has them. */
export function servedServices(options: ServicesOptions): DeployingServices {
  const {
    store,
    clock,
    ids,
    authorizer,
    audit,
    objectFolder,
    buckets,
    logGroups,
    lambda,
    memory,
    cloudWatch,
    service,
    iam,
  } = options;
  const services: ServiceApis = {
    call: (...asked) => all.call(...asked),
    isOff: (service) => all.isOff(service),
  };
  const deployer = createDeployer({ ...options, services: { service, iam, services } });
  const folders = { folder: objectFolder, ...(buckets && { buckets }) };
  const localBuckets = createLocalBuckets(folders);
  const { deployed } = lambda;
  const codeLinks = new CodeLinks(store.secret(), options.endpointUrl ?? (() => undefined), clock);
  const apis: readonly ServiceApi[] = [
    s3Api({ buckets: localBuckets, folder: objectFolder, store, clock }),
    ssmApi({ store, clock }),
    logsApi(logGroups, clock),
    cloudWatch === undefined ? cloudWatchOff : cloudWatchApi({ ...cloudWatch, clock }),
    ...(deployed === undefined
      ? []
      : [
          lambdaApi({
            store,
            clock,
            ids,
            lambda,
            deployed,
            buckets: localBuckets,
            codeLinks,
            mappingRunner: options.mappingRunner,
            takesCode: options.takesFunctionCode ?? true,
          }),
        ]),
    memory === undefined ? sqsOff : sqsApi(memory, { clock, ids }),
    memory === undefined ? snsOff : snsApi(memory),
    ...options.more,
    memory === undefined ? dynamodbOff : dynamodbApi(memory),
    deployer.api,
  ];
  // Stacks are made by the services, of which CloudFormation is one.
  const all = createServiceApis(apis, { authorizer, audit });
  return { apis, services: all, deployer, codeLinks };
}

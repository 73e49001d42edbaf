import type { JsonObject } from "../expression/json.ts";
import { type ArnScope, scopeOf } from "../machine/arns.ts";
import type { Limits } from "../machine/limits.ts";
import { type Access, type Authorizer, everybodyMay } from "../ports/authorizer.ts";
import type { CallMetrics } from "../ports/call-metrics.ts";
import { audited, type AuditTrail, type NoteDecision } from "../ports/audit-trail.ts";
import type { Clock } from "../ports/clock.ts";
import {
  type CustomerKeys,
  CustomerKeyUnavailable,
  noCustomerKeys,
} from "../ports/customer-keys.ts";
import type { LogGroups } from "../ports/execution-log.ts";
import type { Figures } from "../ports/figures.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import type { ResourceChecks } from "../ports/resource-checks.ts";
import type { Serial } from "../ports/serial.ts";
import type { Store } from "../ports/store.ts";
import type { TaskMocks } from "../ports/task-mocks.ts";
import type { TaskHandlers } from "../runtime/tasks/dispatcher.ts";
import type { Engine } from "../runtime/engine.ts";
import { callToAudit, elementsOf } from "./access/audited-input.ts";
import { createAccessCheck } from "./access/check-access.ts";
import { type ActivityPollers, createActivityPollers } from "./activity-pollers.ts";
import { CallFigures } from "./call-figures.ts";
import { ApiError } from "./errors/api-error.ts";
import { customerKeyErrorOf } from "./errors/customer-key-error.ts";
import {
  auditedExpressExecutions,
  type ExpressExecutions,
  expressExecutions,
} from "./express-executions.ts";
import type { Operation, RequestContext, ServiceContext } from "./operation.ts";
import { operations } from "./operations.ts";
import { pageTokens, type PageTokens } from "./paging/page-tokens.ts";
import { RegionContexts } from "./regions/region-contexts.ts";
import { createSerial } from "./serial.ts";
import { serviceModel, type OperationName } from "./model/service-model.ts";
import { compileValidator, type InputValidator } from "./model/validate-input.ts";

export interface ServiceOptions {
  readonly engine: Engine;
  readonly handlers: TaskHandlers;
  /** The test cases that an execution may be started as; absent: none. */
  readonly mocks?: TaskMocks;
  /** Looks at Tasks of new state machines; absent: they are believed. */
  readonly resourceChecks?: ResourceChecks;
  /** Where log groups are looked up; absent: any is taken. */
  readonly logGroups?: LogGroups;
  readonly store: Store;
  /** The keys of customers, with which the store seals; absent: there are none. */
  readonly customerKeys?: CustomerKeys | undefined;
  /** Runs changes of one resource one after another; absent: those of this process. */
  readonly serial?: Serial | undefined;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly region: string;
  readonly accountId: string;
  readonly limits: Limits;
  readonly logger: Logger;
  /** Where calls are counted. */
  readonly figures: Figures;
  /** Where they are counted by their Region; absent: nowhere. */
  readonly callMetrics?: CallMetrics | undefined;
  /** Says who may call what; absent: everybody may call everything. */
  readonly authorizer?: Authorizer;
  /** Where each call is written down; absent: nowhere. */
  readonly audit?: AuditTrail | undefined;
}

/** The API as functions: what the HTTP server, the integrations and the command line call. */
export interface Service {
  /**
   * Performs an operation: checks its input, asks whether the caller may, and answers its output as on the wire. Rejects
   * with an {@link ApiError} for what the API answers as an error.
   */
  call(operation: string, input: unknown, request?: RequestContext): Promise<JsonObject>;
  /** Asks for what is no operation of the API whether the caller may, and rejects with AWS's refusal if not. */
  allow(wanted: Access, request: RequestContext): Promise<void>;
  /** The same for reading what the key of a state machine seals, if it has one. */
  allowDecrypting(stateMachineArn: string, request: RequestContext): Promise<void>;
  /** Where the resources are that it makes. */
  readonly scope: ArnScope;
  /** Ours, beside the API: which workers wait for tasks of an activity. */
  readonly activityPollers: Pick<ActivityPollers, "count" | "workers">;
  /** Ours, beside the API: the Express executions that are remembered. */
  readonly expressExecutions: ExpressExecutions;
}

export function createService(options: ServiceOptions): Service {
  const { engine, handlers, store, clock, ids, limits, logger, region, accountId } = options;
  const { audit } = options;
  let tokens: Promise<PageTokens> | undefined;
  const context: ServiceContext = {
    engine,
    handlers,
    ...(options.mocks && { mocks: options.mocks }),
    ...(options.resourceChecks && { resourceChecks: options.resourceChecks }),
    ...(options.logGroups && { logGroups: options.logGroups }),
    store,
    customerKeys: options.customerKeys ?? noCustomerKeys,
    clock,
    ids,
    limits,
    logger,
    scope: scopeOf(region, accountId),
    pageTokens: () => (tokens ??= store.secret().then(pageTokens)),
    serial: options.serial ?? createSerial(),
    activityPollers: createActivityPollers(clock),
  };
  const regions = new RegionContexts(context);
  const accessCheck = createAccessCheck(
    options.authorizer ?? everybodyMay,
    context,
    engine.expressHistories,
  );
  const calls = new Map<string, Call>(
    Object.entries(serviceModel).map(([name, { input }]) => [
      name,
      {
        validate: compileValidator(input, limits),
        perform: operations[name as OperationName] as AnyOperation,
        figures: new CallFigures(options.figures, name),
      },
    ]),
  );
  return {
    scope: context.scope,
    async allow(wanted, request) {
      await accessCheck?.access(wanted, request);
    },
    async allowDecrypting(stateMachineArn, request) {
      await accessCheck?.decrypting(stateMachineArn, request);
    },
    activityPollers: context.activityPollers,
    expressExecutions: auditedExpressExecutions(
      expressExecutions(engine.expressHistories, accessCheck),
      audit,
    ),
    call(operation, input, request = noRequest) {
      if (audit === undefined) return performed(operation, input, request, undefined);
      const about = callToAudit(operation, input, request);
      return audited(
        audit,
        about,
        (decided) => performed(operation, input, request, decided),
        (output) => elementsOf(about, output),
      );
    },
  };

  async function performed(
    operation: string,
    input: unknown,
    request: RequestContext,
    decided: NoteDecision | undefined,
  ): Promise<JsonObject> {
    const call = calls.get(operation);
    if (call === undefined) throw unknownOperation(operation);
    options.callMetrics?.called((request.caller ?? context.scope).region, operation);
    return call.figures.counted(async () => {
      const validated = call.validate(input);
      const seen = regions.of(request.caller);
      // Where everybody may, a call waits for nothing here.
      if (accessCheck !== undefined) {
        const asker = {
          ...(request.caller && { caller: request.caller }),
          ...(decided && { decided }),
        };
        await accessCheck.operation(operation as OperationName, validated, seen, asker);
      }
      try {
        return await call.perform(validated, seen, request);
      } catch (thrown) {
        if (!(thrown instanceof CustomerKeyUnavailable)) throw thrown;
        logger.warn("a customer's key cannot be used", { operation, reason: thrown.message });
        throw customerKeyErrorOf(operation as OperationName, thrown);
      }
    });
  }
}

const noRequest: RequestContext = {};

/** An operation whose input has been validated by the validator beside it. */
type AnyOperation = (
  input: object,
  context: ServiceContext,
  request: RequestContext,
) => ReturnType<Operation<OperationName>>;

interface Call {
  readonly validate: InputValidator;
  readonly perform: AnyOperation;
  readonly figures: CallFigures;
}

function unknownOperation(operation: string): ApiError {
  const message = `The operation ${operation} is not one of AWS Step Functions`;
  return new ApiError("UnknownOperationException", message);
}

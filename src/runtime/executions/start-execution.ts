import { expressExecutionArn, standardExecutionArn } from "../../machine/arns.ts";
import type { ExecutionSnapshot } from "../../machine/snapshot.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import { type ExecutionRecord, type Store, StoreFailure } from "../../ports/store.ts";
import type { StartRequest, StartResult, SyncResult } from "../engine.ts";
import { billing, type Billing } from "../express/billing.ts";
import { startAtOwner } from "../routing/ask-owner.ts";
import type { Router } from "../routing/router.ts";

interface StartOptions {
  readonly router: Router;
  readonly store: Pick<Store, "execution">;
  readonly clock: Clock;
  readonly ids: Ids;
}

/** Starts an execution where its ARN belongs: here, if it is new in any case. */
export async function startExecution(
  options: StartOptions,
  request: StartRequest,
): Promise<StartResult> {
  const { router, clock, ids } = options;
  const { type } = request.stateMachine.record;
  const { name, executionArn } = addressOf(request, router, ids);
  return startAtOwner(options, {
    record: recordOf(request, executionArn, name, clock),
    input: request.input,
    isNamed: type === "STANDARD" && request.name !== undefined,
  });
}

function addressOf(
  request: StartRequest,
  router: Router,
  ids: Ids,
): { readonly name: string; readonly executionArn: string } {
  const { stateMachineArn, type } = request.stateMachine.record;
  if (type === "EXPRESS") {
    const name = request.name ?? ids.uuid();
    const make = (): string => expressExecutionArn(stateMachineArn, name, ids.uuid());
    return { name, executionArn: router.arnHere(make) };
  }
  if (request.name !== undefined) {
    const { name } = request;
    return { name, executionArn: standardExecutionArn(stateMachineArn, name) };
  }
  // A name that nobody has chosen may be any. To find one costs microseconds, to ask another node a thousand times that.
  let name = "";
  const executionArn = router.arnHere(() => {
    name = ids.uuid();
    return standardExecutionArn(stateMachineArn, name);
  });
  return { name, executionArn };
}

/** Runs an Express execution here, to its end. */
export async function startSyncExecution(
  { router, clock, ids }: Omit<StartOptions, "store">,
  request: StartRequest,
): Promise<SyncResult> {
  const name = request.name ?? ids.uuid();
  const { record: stateMachine, revision } = request.stateMachine;
  const executionArn = router.arnHere(() =>
    expressExecutionArn(stateMachine.stateMachineArn, name, ids.uuid()),
  );
  const partition = router.partitionHere(executionArn);
  if (partition === undefined)
    throw new StoreFailure("unavailable", "This server has no partition.");
  const record = recordOf(request, executionArn, name, clock);
  const { snapshot, documentCharacters } = await partition.run(record, request.input);
  const billed = billing({
    durationMs: snapshot.stoppedAt - record.startDate,
    definitionCharacters: revision.definition.length,
    documentCharacters,
  });
  return syncResult(record, snapshot, billed);
}

function recordOf(
  request: StartRequest,
  executionArn: string,
  name: string,
  clock: Clock,
): ExecutionRecord {
  const { stateMachine, traceHeader, stateMachineVersionArn, stateMachineAliasArn } = request;
  const { parent, testCase, startedBy } = request;
  return {
    executionArn,
    stateMachineArn: stateMachine.record.stateMachineArn,
    revisionId: stateMachine.revision.revisionId,
    name,
    status: "RUNNING",
    startDate: clock.now(),
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(stateMachineVersionArn === undefined ? {} : { stateMachineVersionArn }),
    ...(stateMachineAliasArn === undefined ? {} : { stateMachineAliasArn }),
    ...(parent === undefined ? {} : { parent }),
    ...(testCase === undefined ? {} : { testCase }),
    ...(startedBy === undefined ? {} : { startedBy }),
  };
}

function syncResult(
  record: ExecutionRecord,
  snapshot: ExecutionSnapshot,
  billed: Billing,
): SyncResult {
  const { status, input, output, error, cause, stoppedAt } = snapshot;
  if (status === "RUNNING" || status === "ABORTED") throw new Error(`ended as ${status}`);
  return {
    executionArn: record.executionArn,
    name: record.name,
    startDate: record.startDate,
    stopDate: stoppedAt,
    status,
    input,
    ...(output === undefined ? {} : { output }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    billed,
  };
}

import type { Environment, Machine } from "../../machine/machine.ts";
import type { Limits } from "../../machine/limits.ts";
import { childDefinition } from "../../machine/map-run/map-run-item.ts";
import { mapLabel } from "../../machine/map-run/map-label.ts";
import { isExpressExecution, nameOfArn, scopeOfArn } from "../../machine/arns.ts";
import { customerKeyOf } from "../../ports/customer-key-of.ts";
import type { CustomerKey } from "../../ports/customer-keys.ts";
import type { LoggingSettings } from "../../ports/execution-log.ts";
import type { ExecutionRecord, StateMachineType } from "../../ports/store.ts";
import type { TaskMocks } from "../../ports/task-mocks.ts";
import type { LoadedRevision, StateMachineDirectory } from "../engine.ts";
import { loggingSettings } from "../logs/logging-settings.ts";
import { mockOfState } from "../tasks/mocked-task.ts";
import { readableRevision } from "./state-machine-directory.ts";

/** A machine, what of it is logged, and what seals its executions. */
export interface LoggedMachine extends Machine {
  readonly logging: LoggingSettings | undefined;
  readonly customerKey: CustomerKey | undefined;
}

export interface MachineFactory {
  /** The machine of an execution from its row: the revision that it started with. */
  forExecution(record: ExecutionRecord): Promise<LoggedMachine>;
  /** The same, for a revision that is at hand. */
  of(record: ExecutionRecord, revision: LoadedRevision, type: StateMachineType): LoggedMachine;
}

/** Processors of distributed Maps that are kept as machines. */
const childrenKept = 1_000;

export function createMachineFactory(
  directory: Pick<StateMachineDirectory, "revision">,
  options: {
    readonly limits: Limits;
    readonly environment: Environment;
    readonly mocks?: TaskMocks;
    readonly waitTimeScale?: number;
  },
): MachineFactory {
  const { environment, mocks, waitTimeScale } = options;
  /** A mocked activity need not exist. */
  const environmentOf = (record: ExecutionRecord): Environment =>
    record.testCase === undefined
      ? environment
      : {
          ...environment,
          activityExists: (activityArn, stateName) =>
            mockOfState(mocks, record, stateName, 0) !== undefined ||
            environment.activityExists(activityArn, stateName),
        };

  const children = new Map<string, NonNullable<ReturnType<typeof childDefinition>>>();
  const of: MachineFactory["of"] = (record, { revision, definition }, type) => ({
    definition,
    type,
    limits: options.limits,
    environment: environmentOf(record),
    ...(waitTimeScale === undefined ? {} : { waitTimeScale }),
    logging: loggingSettings(revision),
    customerKey: customerKeyOf(revision.stateMachineArn, revision),
    identity: {
      executionArn: record.executionArn,
      name: record.name,
      stateMachineArn: record.stateMachineArn,
      stateMachineName: nameOfArn(record.stateMachineArn),
      roleArn: revision.roleArn,
      region: scopeOfArn(record.stateMachineArn).region,
      ...(record.stateMachineVersionArn === undefined
        ? {}
        : { stateMachineVersionArn: record.stateMachineVersionArn }),
      ...(record.stateMachineAliasArn === undefined
        ? {}
        : { stateMachineAliasArn: record.stateMachineAliasArn }),
    },
  });
  /** The child of a Map Run runs the processor of the distributed Map that its ARN is labelled with. */
  async function ofChild(record: ExecutionRecord): Promise<LoggedMachine> {
    const [base = "", ...labels] = record.stateMachineArn.split("/");
    const { revision, definition } = readableRevision(
      await directory.revision(base, record.revisionId),
    );
    const key = `${record.stateMachineArn} ${record.revisionId}`;
    let child = children.get(key);
    if (child === undefined) {
      const label = labels.at(-1) ?? "";
      child = childDefinition(definition, label, (state) => mapLabel(base, state));
      if (child === undefined) throw new Error(`${base} has no distributed Map labelled ${label}`);
      if (children.size >= childrenKept) children.clear();
      children.set(key, child);
    }
    return of(record, { revision, definition: child.definition }, child.type);
  }

  return {
    of,
    async forExecution(record) {
      if (record.mapRun !== undefined) return ofChild(record);
      const revision = readableRevision(
        await directory.revision(record.stateMachineArn, record.revisionId),
      );
      return of(record, revision, isExpressExecution(record.executionArn) ? "EXPRESS" : "STANDARD");
    },
  };
}

import type { Environment, Machine } from "../machine/machine.ts";
import type { Limits } from "../machine/limits.ts";
import { nameOfArn } from "../machine/arns.ts";
import type { ExecutionRecord, StateMachineType } from "../ports/store.ts";
import type { LoadedRevision, Directory } from "./state-machine-directory.ts";

export interface MachineFactory {
  /** The machine of an execution from its row: the revision that it started with. */
  forExecution(record: ExecutionRecord): Promise<Machine>;
  /** The same, for a revision that is at hand. */
  of(record: ExecutionRecord, revision: LoadedRevision, type: StateMachineType): Machine;
}

export function createMachineFactory(
  directory: Directory,
  options: { readonly region: string; readonly limits: Limits; readonly environment: Environment },
): MachineFactory {
  const of: MachineFactory["of"] = (record, { revision, definition }, type) => ({
    definition,
    type,
    limits: options.limits,
    environment: options.environment,
    identity: {
      executionArn: record.executionArn,
      name: record.name,
      stateMachineArn: record.stateMachineArn,
      stateMachineName: nameOfArn(record.stateMachineArn),
      roleArn: revision.roleArn,
      region: options.region,
      ...(record.stateMachineVersionArn === undefined
        ? {}
        : { stateMachineVersionArn: record.stateMachineVersionArn }),
      ...(record.stateMachineAliasArn === undefined
        ? {}
        : { stateMachineAliasArn: record.stateMachineAliasArn }),
    },
  });
  return {
    of,
    async forExecution(record) {
      const revision = await directory.revision(record.stateMachineArn, record.revisionId);
      return of(
        record,
        revision,
        record.executionArn.includes(":express:") ? "EXPRESS" : "STANDARD",
      );
    },
  };
}

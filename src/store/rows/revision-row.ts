import type { RevisionRecord } from "../../ports/store.ts";
import type { KeyedRowKind } from "./row-kind.ts";

const columns = {
  state_machine_arn: "text",
  revision_id: "text",
  initial: "boolean",
  created_at: "bigint",
  definition: "text",
  role_arn: "text",
  logging_configuration: "text",
  tracing_configuration: "text",
  encryption_configuration: "text",
} as const;

/** Revisions of state machines as rows. */
export const revisionRow: KeyedRowKind<RevisionRecord, keyof typeof columns> = {
  table: "revisions",
  key: ["state_machine_arn", "revision_id"],
  columns,
  recordOf(row) {
    const logging = row["logging_configuration"] as string | null;
    const tracing = row["tracing_configuration"] as string | null;
    const encryption = row["encryption_configuration"] as string | null;
    return {
      stateMachineArn: row["state_machine_arn"] as string,
      revisionId: row["revision_id"] as string,
      initial: row["initial"] as boolean,
      createdAt: row["created_at"] as number,
      definition: row["definition"] as string,
      roleArn: row["role_arn"] as string,
      ...(logging === null ? {} : { loggingConfiguration: logging }),
      ...(tracing === null ? {} : { tracingConfiguration: tracing }),
      ...(encryption === null ? {} : { encryptionConfiguration: encryption }),
    };
  },
  rowOf: (record) => ({
    state_machine_arn: record.stateMachineArn,
    revision_id: record.revisionId,
    initial: record.initial,
    created_at: record.createdAt,
    definition: record.definition,
    role_arn: record.roleArn,
    logging_configuration: record.loggingConfiguration ?? null,
    tracing_configuration: record.tracingConfiguration ?? null,
    encryption_configuration: record.encryptionConfiguration ?? null,
  }),
};

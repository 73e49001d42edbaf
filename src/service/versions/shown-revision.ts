import type { StateMachineDefinition } from "../../asl/definition.ts";
import { variableReferences } from "../../asl/variables/variable-references.ts";
import type { JsonObject } from "../../expression/json.ts";
import { customerKeyOf } from "../../ports/customer-key-of.ts";
import type { RevisionRecord } from "../../ports/store.ts";
import { shownConfigurations } from "../configurations.ts";
import type { ServiceContext } from "../operation.ts";

/**
 * What both Describe operations show of a revision; `definition` is absent where it cannot be read. One that a customer's key seals is shown if that can be used now.
 *
 * Observed: the first revision has no id, and `variableReferences` is left out where no state reads a variable.
 * Documented: METADATA_ONLY hides the definition.
 */
export async function shownRevision(
  { customerKeys }: Pick<ServiceContext, "customerKeys">,
  revision: RevisionRecord,
  definition: StateMachineDefinition | undefined,
  includedData: "ALL_DATA" | "METADATA_ONLY" | undefined,
): Promise<JsonObject> {
  const { unreadable } = revision;
  if (includedData === "METADATA_ONLY") {
    return {
      ...shownMetadata(revision),
      ...(unreadable === undefined && shownReferences(definition)),
    };
  }
  if (unreadable !== undefined) throw unreadable;
  const key = customerKeyOf(revision.stateMachineArn, revision);
  if (key !== undefined) await customerKeys.check(key);
  return {
    ...shownMetadata(revision),
    definition: revision.definition,
    ...shownReferences(definition),
  };
}

function shownMetadata(revision: RevisionRecord): JsonObject {
  return {
    definition: "{}",
    roleArn: revision.roleArn,
    ...shownConfigurations(revision),
    ...(!revision.initial && { revisionId: revision.revisionId }),
  };
}

function shownReferences(definition: StateMachineDefinition | undefined): JsonObject {
  const references = definition === undefined ? {} : variableReferences(definition);
  return Object.keys(references).length === 0 ? {} : { variableReferences: references };
}

import type { StateMachineDefinition } from "../../asl/definition.ts";
import { variableReferences } from "../../asl/variables/variable-references.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { RevisionRecord } from "../../ports/store.ts";
import { shownConfigurations } from "../configurations.ts";

/**
 * What both Describe operations show of a revision.
 *
 * Observed: the first revision has no id, and `variableReferences` is left out where no state reads a variable.
 * Documented: METADATA_ONLY hides the definition.
 */
export function shownRevision(
  revision: RevisionRecord,
  definition: StateMachineDefinition,
  includedData: "ALL_DATA" | "METADATA_ONLY" | undefined,
): JsonObject {
  const references = variableReferences(definition);
  return {
    definition: includedData === "METADATA_ONLY" ? "{}" : revision.definition,
    roleArn: revision.roleArn,
    ...shownConfigurations(revision),
    ...(!revision.initial && { revisionId: revision.revisionId }),
    ...(Object.keys(references).length > 0 && { variableReferences: references }),
  };
}

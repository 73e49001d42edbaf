import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { codebuild as actions } from "../../asl/resources/integrations/codebuild.ts";
import type { ServiceDescription } from "../described/description.ts";
import type { PermissionResource } from "../described/permission.ts";
import type { LookedAtJob } from "../jobs/job-description.ts";
import { statusAt } from "../jobs/status-at.ts";
import { oldWording } from "./old-wording.ts";

const project: PermissionResource = {
  parameters: ["ProjectName"],
  as: "name",
  arn: "arn:{partition}:codebuild:{region}:{account}:project/{name}",
};

/** Documented: builds and batches have the same words. */
const words = {
  succeeded: ["SUCCEEDED"],
  failed: ["FAILED", "FAULT", "TIMED_OUT", "STOPPED"],
  otherwise: "missing",
} as const;

const build = jobOf({
  one: "Build",
  many: "Builds",
  look: "batchGetBuilds",
  lookPermission: "codebuild:BatchGetBuilds",
  cancel: { operation: "stopBuild", permission: "codebuild:StopBuild" },
  status: "BuildStatus",
});

const buildBatch = jobOf({
  one: "BuildBatch",
  many: "BuildBatches",
  look: "batchGetBuildBatches",
  lookPermission: "codebuild:BatchGetBuildBatches",
  cancel: { operation: "stopBuildBatch", permission: "codebuild:StopBuildBatch" },
  status: "BuildBatchStatus",
});

/**
 * `arn:aws:states:::codebuild:startBuild`, `startBuildBatch` and `retryBuildBatch`, also with `.sync`, and the actions that stop
 * builds, delete them and get reports.
 *
 * *Documented*: a build that has just been stopped cannot be deleted yet, and the integration tries it again by itself.
 */
export const codebuild: ServiceDescription<keyof typeof actions> = {
  service: "codebuild",
  calls: { client: "codebuild" },
  wording: oldWording("CodeBuild", "AWSCodeBuild", "json"),
  actions: {
    startBuild: {
      permission: { action: "codebuild:StartBuild", resource: project },
      job: build,
    },
    stopBuild: { permission: { action: "codebuild:StopBuild" } },
    batchDeleteBuilds: {
      permission: { action: "codebuild:BatchDeleteBuilds" },
      again: isNotDeleted,
    },
    batchGetReports: { permission: { action: "codebuild:BatchGetReports" } },
    startBuildBatch: {
      permission: { action: "codebuild:StartBuildBatch", resource: project },
      job: buildBatch,
    },
    stopBuildBatch: { permission: { action: "codebuild:StopBuildBatch" } },
    retryBuildBatch: { permission: { action: "codebuild:RetryBuildBatch" }, job: buildBatch },
    deleteBuildBatch: {
      permission: { action: "codebuild:DeleteBuildBatch" },
      again: isNotDeleted,
    },
  },
};

/** Our choice of what is tried again: builds that the service has not deleted. */
function isNotDeleted(answer: JsonObject): boolean {
  const left = ownMember(answer, "BuildsNotDeleted");
  return isJsonArray(left) && left.length > 0;
}

/** *Observed*: the result is under `Build`, as in the answer to the submission, not in a list. */
function jobOf(names: {
  readonly one: string;
  readonly many: string;
  readonly look: string;
  readonly lookPermission: string;
  readonly cancel: { readonly operation: string; readonly permission: string };
  readonly status: string;
}): LookedAtJob {
  const { one, many, look, lookPermission, cancel, status } = names;
  const listed = (answer: JsonObject): readonly JsonValue[] => {
    const found = ownMember(answer, many);
    return isJsonArray(found) ? found : [];
  };
  return {
    ends: "by look",
    idempotencyKey: "IdempotencyToken",
    key: { Id: `submission.${one}.Id` },
    look: {
      operation: look,
      permission: lookPermission,
      parameters: ({ Id = null }) => ({ Ids: [Id] }),
    },
    lookAtMany: {
      operation: look,
      permission: lookPermission,
      // Documented for both.
      most: 100,
      parameters: (keys) => ({ Ids: keys.map(({ Id = null }) => Id) }),
      described: (answer, { Id }) => {
        const found = listed(answer).find(
          (each) => isJsonObject(each) && ownMember(each, "Id") === Id,
        );
        return found === undefined ? undefined : { [many]: [found] };
      },
    },
    status: statusAt(`${many}.0.${status}`, words),
    result: (described) => {
      const [found] = listed(described);
      return found === undefined ? described : { [one]: found };
    },
    cancel,
  };
}

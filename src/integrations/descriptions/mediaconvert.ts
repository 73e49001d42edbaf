import { isJsonObject, type JsonObject, ownMember } from "../../expression/json.ts";
import type { mediaconvert as actions } from "../../asl/resources/integrations/mediaconvert.ts";
import type { ServiceDescription } from "../described/description.ts";
import { statusAt } from "../jobs/status-at.ts";

/** `arn:aws:states:::mediaconvert:createJob`, also with `.sync`. */
export const mediaconvert: ServiceDescription<keyof typeof actions> = {
  service: "mediaconvert",
  calls: { client: "mediaconvert" },
  wording: { sdk: 2 },
  actions: {
    createJob: {
      permission: { action: "mediaconvert:CreateJob" },
      complete: withTag,
      job: {
        ends: "by look",
        idempotencyKey: "ClientRequestToken",
        key: { Id: "submission.Job.Id" },
        look: { operation: "getJob", permission: "mediaconvert:GetJob" },
        status: statusAt("Job.Status", { succeeded: ["COMPLETE"], failed: ["CANCELED", "ERROR"] }),
        cancel: { operation: "cancelJob", permission: "mediaconvert:CancelJob" },
      },
    },
  },
};

/** Documented: the tag, by which policies allow to look at the job and to cancel it. */
function withTag(parameters: JsonObject): JsonObject {
  const tags = ownMember(parameters, "Tags") ?? {};
  if (!isJsonObject(tags)) return parameters;
  return { ...parameters, Tags: { ...tags, ManagedByService: "AWSStepFunctions" } };
}

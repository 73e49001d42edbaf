import { isJsonObject } from "../../expression/json.ts";
import type { glue as actions } from "../../asl/resources/integrations/glue.ts";
import type { ServiceDescription } from "../described/description.ts";
import { statusAt } from "../jobs/status-at.ts";
import { oldWording } from "./old-wording.ts";

/**
 * `arn:aws:states:::glue:startJobRun`, also with `.sync`.
 *
 * *Observed*, by others: the job's name is in the answer to the submission and in the result, which is the job run alone.
 */
export const glue: ServiceDescription<keyof typeof actions> = {
  service: "glue",
  calls: { client: "glue" },
  wording: oldWording("Glue", "AWSGlue", "json"),
  actions: {
    startJobRun: {
      permission: {
        action: "glue:StartJobRun",
        resource: {
          parameters: ["JobName"],
          as: "name",
          arn: "arn:{partition}:glue:{region}:{account}:job/{name}",
        },
      },
      answer: (answer, { JobName = null }) => ({ JobName, ...answer }),
      job: {
        ends: "by look",
        key: { JobName: "parameters.JobName", RunId: "submission.JobRunId" },
        look: { operation: "getJobRun", permission: "glue:GetJobRun" },
        status: statusAt("JobRun.JobRunState", {
          succeeded: ["SUCCEEDED"],
          // Our choice for STOPPED and EXPIRED: the run has not done what it was to do.
          failed: ["ERROR", "EXPIRED", "FAILED", "STOPPED", "TIMEOUT"],
        }),
        result: ({ JobRun = null }, { JobName = null }) =>
          isJsonObject(JobRun) ? { ...JobRun, JobName } : {},
        cancel: {
          operation: "batchStopJobRun",
          permission: "glue:BatchStopJobRun",
          parameters: ({ JobName = null, RunId = null }) => ({ JobName, JobRunIds: [RunId] }),
        },
      },
    },
  },
};

import type { databrew as actions } from "../../asl/resources/integrations/databrew.ts";
import type { ServiceDescription } from "../described/description.ts";
import { statusAt } from "../jobs/status-at.ts";
import { oldWording } from "./old-wording.ts";

/** `arn:aws:states:::databrew:startJobRun`, also with `.sync`. */
export const databrew: ServiceDescription<keyof typeof actions> = {
  service: "databrew",
  calls: { client: "databrew" },
  wording: oldWording("DataBrew", "AWSGlueDataBrew", "rest"),
  actions: {
    startJobRun: {
      permission: {
        action: "databrew:StartJobRun",
        resource: {
          parameters: ["Name"],
          as: "name",
          arn: "arn:{partition}:databrew:{region}:{account}:job/{name}",
        },
      },
      job: {
        ends: "by look",
        key: { Name: "parameters.Name", RunId: "submission.RunId" },
        look: { operation: "describeJobRun", permission: "databrew:DescribeJobRun" },
        status: statusAt("State", {
          succeeded: ["SUCCEEDED"],
          failed: ["FAILED", "STOPPED", "TIMEOUT"],
        }),
        cancel: { operation: "stopJobRun", permission: "databrew:StopJobRun" },
      },
    },
  },
};

import type { sns as actions } from "../../asl/resources/integrations/sns.ts";
import type { ServiceDescription } from "../described/description.ts";

/** `arn:aws:states:::sns:publish`, also with `.waitForTaskToken`. */
export const sns: ServiceDescription<keyof typeof actions> = {
  service: "sns",
  calls: { client: "sns" },
  wording: {
    sdk: 1,
    errorPrefix: "SNS",
    serviceName: "AmazonSNS",
    baseException: "AmazonSNSException",
    headers: ["x-amzn-RequestId", "connection", "Content-Length", "Date", "Content-Type"],
  },
  actions: {
    publish: {
      // A message to a telephone number has no resource: IAM's policies say `*` for it.
      permission: {
        action: "sns:Publish",
        resource: { parameters: ["TopicArn", "TargetArn"], as: "arn" },
      },
    },
  },
};

import type { sqs as actions } from "../../asl/resources/integrations/sqs.ts";
import type { ServiceDescription } from "../described/description.ts";

/** `arn:aws:states:::sqs:sendMessage`, also with `.waitForTaskToken`. *Observed*: the host of the queue's URL is called. */
export const sqs: ServiceDescription<keyof typeof actions> = {
  service: "sqs",
  calls: { client: "sqs" },
  wording: {
    sdk: 1,
    errorPrefix: "SQS",
    serviceName: "AmazonSQS",
    baseException: "AmazonSQSException",
    headers: ["x-amzn-RequestId", "connection", "Content-Length", "Date", "Content-Type"],
  },
  // Observed for MessageBody.
  refuseNulls: (members) => ({
    message: `The request must contain the parameter ${members[0]}.`,
    code: "MissingParameter",
  }),
  actions: {
    sendMessage: {
      permission: {
        action: "sqs:SendMessage",
        resource: { parameters: ["QueueUrl"], as: "queue URL" },
      },
    },
  },
};

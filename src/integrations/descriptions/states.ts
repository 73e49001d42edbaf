import type { states as actions } from "../../asl/resources/integrations/states.ts";
import type { ServiceDescription } from "../described/description.ts";

/**
 * `arn:aws:states:::states:startExecution`, plain, `.sync`, `.sync:2` and `.waitForTaskToken`.
 *
 * The child knows the task that waits for it, and the engine reports the child's end to that task. *Observed*: a null
 * `Input` starts the child with `{}`, and a string is sent as it stands, as the JSON text that it has to be.
 */
export const states: ServiceDescription<keyof typeof actions> = {
  service: "states",
  calls: "this engine",
  wording: {
    sdk: 1,
    errorPrefix: "StepFunctions",
    serviceName: "AWSStepFunctions",
    baseException: "AWSStepFunctionsException",
    headers: ["x-amzn-RequestId", "connection", "Content-Length", "Date", "Content-Type"],
  },
  actions: {
    startExecution: {
      permission: {
        action: "states:StartExecution",
        resource: { parameters: ["StateMachineArn"], as: "arn" },
      },
      job: { ends: "by message" },
    },
  },
};

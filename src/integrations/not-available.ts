import type { TaskHandler } from "../ports/task-handler.ts";
import { descriptions } from "./descriptions/descriptions.ts";

/** Answers for every resource that no other handler serves: the execution fails, and the cause says why. */
export const notAvailable: TaskHandler = {
  handles: () => true,
  run: (request) =>
    Promise.resolve({
      type: "rejected",
      cause: `The service integration '${request.resource.arn}' is not available in this version of Stepwell. Available are Lambda functions (local, or at the AWS SDK's Lambda endpoint), activities, ${available()}, and aws-sdk with any service.`,
    }),
};

function available(): string {
  return descriptions.map(({ service }) => service).join(", ");
}

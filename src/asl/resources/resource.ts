/** How a service integration reports its result: the suffix of its resource ARN. */
export type IntegrationPattern = "requestResponse" | "sync" | "sync:2" | "waitForTaskToken";

/** What a Task's `Resource` names. */
export type TaskResource =
  | { readonly kind: "lambda"; readonly arn: string }
  | { readonly kind: "activity"; readonly arn: string }
  | {
      readonly kind: "service";
      readonly arn: string;
      /** `lambda`, `sqs`, `aws-sdk:s3`, `http`: the history's `resourceType`. */
      readonly resourceType: string;
      /** `invoke`, `startExecution`: the API action without its pattern. */
      readonly action: string;
      readonly pattern: IntegrationPattern;
      /** `startExecution.sync:2`: the history's `resource`. */
      readonly resource: string;
    };

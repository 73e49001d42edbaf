import type { Wording } from "../described/description.ts";

type OldWording = Extract<Wording, { sdk: 1 }>;

/** *Observed* headers of services that speak JSON 1.1. */
const jsonHeaders = ["x-amzn-RequestId", "connection", "Content-Length", "Date", "Content-Type"];

/** Our choice: headers that services behind an API Gateway send, which are those that speak REST. */
const restHeaders = [
  "x-amzn-RequestId",
  "x-amz-apigw-id",
  "X-Amzn-Trace-Id",
  "Connection",
  "Content-Length",
  "Date",
  "Content-Type",
];

/**
 * The wording of the AWS SDK for Java, version 1, whose names all follow from that of its client: `AWSGlue` throws
 * `AWSGlueException`. *Observed* in public definitions and logs for Batch, CodeBuild, ECS, EMR, Glue and SageMaker.
 */
export function oldWording(
  errorPrefix: string,
  client: string,
  protocol: "json" | "rest",
): OldWording {
  return {
    sdk: 1,
    errorPrefix,
    serviceName: client,
    baseException: `${client}Exception`,
    headers: protocol === "json" ? jsonHeaders : restHeaders,
  };
}

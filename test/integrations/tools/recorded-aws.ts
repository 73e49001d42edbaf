import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { JsonObject } from "../../../src/expression/json.ts";

/** A call of an AWS service, as the SDK has sent it. */
export interface RecordedCall {
  /** `sagemaker CreateModel`, `batch POST /v1/submitjob`. */
  readonly operation: string;
  /** The whole request as text: path, headers and body, with what is encoded for the path decoded. */
  readonly text: string;
}

export interface RecordedAws {
  readonly url: string;
  readonly calls: readonly RecordedCall[];
}

/** What is answered where a task needs more than that nothing went wrong: jobs that have begun, and jobs that have ended. */
const answers: { readonly [operation: string]: JsonObject } = {
  "athena StartQueryExecution": { QueryExecutionId: "q-7" },
  "athena GetQueryExecution": { QueryExecution: { Status: { State: "SUCCEEDED" } } },
  "batch POST /v1/submitjob": { jobId: "j-7", jobName: "sort" },
  "batch POST /v1/describejobs": { jobs: [{ jobId: "j-7", status: "SUCCEEDED" }] },
  "codebuild StartBuild": { build: { id: "site:7", buildStatus: "IN_PROGRESS" } },
  "codebuild BatchGetBuilds": {
    builds: [{ id: "site:7", buildStatus: "SUCCEEDED", buildComplete: true }],
  },
  "codebuild StartBuildBatch": { buildBatch: { id: "site:7", buildBatchStatus: "IN_PROGRESS" } },
  "codebuild BatchGetBuildBatches": {
    buildBatches: [{ id: "site:7", buildBatchStatus: "SUCCEEDED", complete: true }],
  },
  "databrew POST /jobs/sort/startJobRun": { RunId: "r-7" },
  "databrew GET /jobs/sort/jobRun/r-7": { State: "SUCCEEDED" },
  "ecs RunTask": { tasks: [{ taskArn: "task/7", lastStatus: "RUNNING" }], failures: [] },
  "ecs DescribeTasks": {
    tasks: [{ taskArn: "task/7", lastStatus: "STOPPED", containers: [{ exitCode: 0 }] }],
  },
  "elasticmapreduce AddJobFlowSteps": { StepIds: ["s-7"] },
  "elasticmapreduce DescribeStep": { Step: { Id: "s-7", Status: { State: "COMPLETED" } } },
  "elasticmapreduce ListInstanceFleets": { InstanceFleets: [{ Id: "if-7", Name: "core" }] },
  "elasticmapreduce ListInstanceGroups": { InstanceGroups: [{ Id: "ig-7", Name: "core" }] },
  "elasticmapreduce RunJobFlow": { JobFlowId: "j-new" },
  "glue StartJobRun": { JobRunId: "jr-7" },
  "glue GetJobRun": { JobRun: { JobRunState: "SUCCEEDED" } },
  "mediaconvert POST /2017-08-29/jobs": { job: { id: "m-7", status: "SUBMITTED" } },
  "mediaconvert GET /2017-08-29/jobs/m-7": { job: { id: "m-7", status: "COMPLETE" } },
  "sagemaker CreateTrainingJob": { TrainingJobArn: "training-job/sort" },
  "sagemaker DescribeTrainingJob": { TrainingJobStatus: "Completed" },
  "sagemaker CreateTransformJob": { TransformJobArn: "transform-job/sort" },
  "sagemaker DescribeTransformJob": { TransformJobStatus: "Completed" },
};

/** Answers for every service of AWS, takes note of what it is asked, and does nothing, until the test ends. */
export async function recordedAws(): Promise<RecordedAws> {
  const calls: RecordedCall[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const operation = operationOf(request, body);
      const path = decodeURIComponent(request.url ?? "");
      const form = isForm(request) ? decodeURIComponent(body.replaceAll("+", " ")) : body;
      calls.push({ operation, text: `${path}\n${JSON.stringify(request.headers)}\n${form}` });
      const xml = xmlAnswer(operation);
      response.setHeader("content-type", xml === undefined ? "application/json" : "text/xml");
      response.end(xml ?? JSON.stringify(answerTo(operation, body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, calls };
}

/** A cluster that somebody ends has ended; any other is ready. */
function answerTo(operation: string, body: string): JsonObject {
  if (operation === "elasticmapreduce DescribeCluster") {
    const State = body.includes("j-new") ? "WAITING" : "TERMINATED";
    return { Cluster: { Id: "j-7", Status: { State } } };
  }
  return answers[operation] ?? {};
}

function operationOf(request: IncomingMessage, body: string): string {
  const { method = "", url = "", headers } = request;
  const scope = /Credential=[^/]+\/[^/]+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "");
  const service = scope?.[1] ?? "";
  const target = headers["x-amz-target"];
  if (typeof target === "string") return `${service} ${target.split(".").at(-1)}`;
  const action = isForm(request) ? new URLSearchParams(body).get("Action") : null;
  if (action !== null) return `${service} ${action}`;
  return `${service} ${method} ${decodeURIComponent(url.split("?")[0] as string)}`;
}

function isForm({ headers }: IncomingMessage): boolean {
  return headers["content-type"]?.startsWith("application/x-www-form-urlencoded") === true;
}

function xmlAnswer(operation: string): string | undefined {
  if (operation === "sns Publish") {
    return "<PublishResponse><PublishResult><MessageId>m-7</MessageId></PublishResult></PublishResponse>";
  }
  return operation.startsWith("s3 ") ? "<ListBucketResult/>" : undefined;
}

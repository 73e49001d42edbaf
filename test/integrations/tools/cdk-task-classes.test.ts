import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test, vi } from "vitest";
import { isJsonArray, isJsonObject, type JsonObject } from "../../../src/expression/json.ts";
import type { JsonValue } from "../../../src/expression/json.ts";
import type { TaskRequest } from "../../../src/ports/task-handler.ts";
import { openDeployClient } from "../../../src/cli/deploy/deploy-client.ts";
import { deployStack } from "../../../src/cli/deploy/deploy-stack.ts";
import { readSource } from "../../../src/cli/deploy/read-source.ts";
import { ownServer } from "../../api/own-server.ts";
import { httpServer, jsonAnswer, tlsServer } from "../../contracts/http-harness.ts";
import { testCertificate } from "../../contracts/tls-certificate.ts";
import { stubAwsEnvironment } from "../aws-tasks.ts";
import { longestMs, npmTools, output, projectOf, temporaryFolder } from "./fetched-tools.ts";
import { recordedAws } from "./recorded-aws.ts";

interface Machine {
  readonly name: string;
  readonly language: "JSONPath" | "JSONata";
  readonly pattern: "REQUEST_RESPONSE" | "RUN_JOB" | "WAIT_FOR_TASK_TOKEN";
  /** The output of the stack that has its ARN. */
  readonly output: string;
}

/**
 * What each class asks its service for, as it comes there, with all of its parameters; or with those texts alone, where the parameters say how to
 * ask. `here …`: the servers of this test.
 */
const asked: { readonly [className: string]: string | readonly [string, ...string[]] } = {
  AthenaGetQueryExecution: "athena GetQueryExecution",
  AthenaGetQueryResults: "athena GetQueryResults",
  AthenaStartQueryExecution: "athena StartQueryExecution",
  AthenaStopQueryExecution: "athena StopQueryExecution",
  BatchSubmitJob: "batch POST /v1/submitjob",
  BedrockCreateModelCustomizationJob: "bedrock POST /model-customization-jobs",
  BedrockInvokeModel: [
    "bedrock POST /model/arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-v2/invoke",
    "sort",
  ],
  CallApiGatewayHttpApiEndpoint: ["here POST /orders", '"amount":7'],
  CallApiGatewayRestApiEndpoint: ["here POST /prod/orders", '"amount":7'],
  CallAwsService: "ecs DescribeTasks",
  CodeBuildStartBuild: "codebuild StartBuild",
  CodeBuildStartBuildBatch: "codebuild StartBuildBatch",
  DynamoDeleteItem: "dynamodb DeleteItem",
  DynamoGetItem: "dynamodb GetItem",
  DynamoPutItem: "dynamodb PutItem",
  DynamoUpdateItem: "dynamodb UpdateItem",
  EcsRunTask: "ecs RunTask",
  EksCall: ["here GET /api/v1/namespaces/default/pods", "labelSelector=app=orders"],
  EmrAddStep: "elasticmapreduce AddJobFlowSteps",
  EmrCancelStep: "elasticmapreduce CancelSteps",
  EmrContainersCreateVirtualCluster: "here POST /emr-containers",
  EmrContainersDeleteVirtualCluster: "here POST /emr-containers",
  EmrContainersStartJobRun: "here POST /emr-containers",
  EmrCreateCluster: "elasticmapreduce RunJobFlow",
  EmrModifyInstanceFleetByName: ["elasticmapreduce ModifyInstanceFleet", "if-7", "3", "4"],
  EmrModifyInstanceGroupByName: ["elasticmapreduce ModifyInstanceGroups", "ig-7", "3"],
  EmrSetClusterTerminationProtection: "elasticmapreduce SetTerminationProtection",
  EmrTerminateCluster: "elasticmapreduce TerminateJobFlows",
  EventBridgePutEvents: "events PutEvents",
  EventBridgeSchedulerCreateScheduleTask: "scheduler POST /schedules/sort",
  GlueDataBrewStartJobRun: "databrew POST /jobs/sort/startJobRun",
  GlueStartCrawlerRun: "glue StartCrawler",
  GlueStartJobRun: "glue StartJobRun",
  HttpInvoke: ["here POST /orders", '"name":"sort"', "secret"],
  MediaConvertCreateJob: "mediaconvert POST /2017-08-29/jobs",
  SageMakerCreateEndpoint: "sagemaker CreateEndpoint",
  SageMakerCreateEndpointConfig: "sagemaker CreateEndpointConfig",
  SageMakerCreateModel: "sagemaker CreateModel",
  SageMakerCreateTrainingJob: "sagemaker CreateTrainingJob",
  SageMakerCreateTransformJob: "sagemaker CreateTransformJob",
  SageMakerUpdateEndpoint: "sagemaker UpdateEndpoint",
  SnsPublish: "sns Publish",
  SqsSendMessage: "here POST /sqs",
};

/** Those that are performed here, by functions, children and workers, and what is in their outputs. */
const performed: { readonly [className: string]: string } = {
  CallAwsServiceCrossRegion: "{",
  EvaluateExpression: "Hello, sort",
  LambdaInvoke: "Hello, sort",
  StepFunctionsInvokeActivity: "{",
  StepFunctionsStartExecution: "{",
};

const region = "us-east-1";
const accountId = "000000000000";

describe.skipIf(npmTools === undefined)("the classes of tasks that the CDK has", () => {
  test(
    "are synthesised, deployed and started, and ask their services for what they were made with",
    async () => {
      const aws = await recordedAws();
      // Not every registry has a client of EMR on EKS that describes its operations, and a queue's URL names AWS's host: what is to be sent to
      // either is posted here.
      const web = await httpServer((_, response) => jsonAnswer(response, { status: "taken" }));
      const kubernetes = await tlsServer((_, response) => jsonAnswer(response, { items: [] }));
      stubAwsEnvironment(aws.url);
      const requests = new Map<string, TaskRequest>();
      const objectFolder = temporaryFolder();
      mkdirSync(join(objectFolder, "data"));
      const server = await ownServer({
        objectFolder,
        standIns: {
          "emr-containers:*": { http: `${web.origin}/emr-containers` },
          "sqs:*": { http: `${web.origin}/sqs` },
        },
        region,
        accountId,
        clientsFolder: npmTools,
        http: { allowHttp: true, allowPrivateAddresses: true },
        apigateway: { endpoints: { restapi: web.origin, httpapi: web.origin } },
        around: (handlers) => ({
          find(resource) {
            const handler = handlers.find(resource);
            return {
              ...handler,
              handles: (each) => handler.handles(each),
              refuseParameters: (...given) => handler.refuseParameters?.(...given),
              run(request, control) {
                requests.set(request.executionArn, request);
                return handler.run(request, control);
              },
            };
          },
        }),
      });
      const folder = projectOf("cdk/task-classes");
      const printed = await output(process.execPath, ["app.mjs", "cdk.out"], {
        cwd: folder,
        env: {
          ...process.env,
          CDK_DISABLE_STACK_TRACE: "1",
          CASES_API: web.origin,
          CASES_CLUSTER: kubernetes.origin,
          CASES_AUTHORITY: Buffer.from(testCertificate).toString("base64"),
        },
      });
      const { classes, machines } = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as {
        readonly classes: readonly string[];
        readonly machines: readonly Machine[];
      };
      expect(new Set(machines.map(({ name }) => name))).toEqual(new Set(classes));
      expect(new Set([...Object.keys(asked), ...Object.keys(performed)])).toEqual(new Set(classes));

      const client = await openDeployClient({ endpoint: server.url, region });
      const problems: string[] = [];
      const started: { readonly machine: Machine; readonly executionArn: string }[] = [];
      for (const source of readSource(join(folder, "cdk.out"), {})) {
        const { status, outputs, failures } = await deployStack(source, client, {
          parameters: {},
          isDryRun: false,
          isStrict: false,
          tell() {},
        });
        if (status !== "CREATE_COMPLETE") {
          problems.push(`${source.stackName} is ${status}: ${JSON.stringify(failures)}`);
          continue;
        }
        for (const machine of machines.filter(({ name }) => name === source.stackName)) {
          const { executionArn } = await server.call("StartExecution", {
            stateMachineArn: outputs[machine.output],
            input: JSON.stringify({ name: "sort" }),
          });
          started.push({ machine, executionArn: executionArn as string });
        }
      }
      // What else is there: `toBe(n)` would have to be changed for each.
      expect(started.length + problems.length).toBeGreaterThan(100);
      for (const { machine, executionArn } of started) {
        const { name, language, pattern } = machine;
        const because = await problemOf(machine, executionArn).catch(String);
        if (because !== undefined) problems.push(`${name} ${language} ${pattern}: ${because}`);
      }
      expect(problems).toEqual([]);
      expect(server.mistakes).toEqual([]);
      vi.unstubAllEnvs();

      async function problemOf(
        { name, pattern }: Machine,
        executionArn: string,
      ): Promise<string | undefined> {
        if (name === "StepFunctionsInvokeActivity") await work(executionArn);
        else if (pattern === "WAIT_FOR_TASK_TOKEN") await answer(executionArn);
        const { status, error, cause, output: result } = await ended(executionArn);
        const because = `${String(error)}: ${String(cause)}`;
        const request = requests.get(executionArn);
        const wanted = asked[name];
        if (wanted !== undefined && request !== undefined) {
          const [operation, ...texts] = typeof wanted === "string" ? [wanted] : wanted;
          const leaves = texts.length > 0 ? texts : leavesOf(request.parameters.value);
          const missing = callsOf(operation).map((call) =>
            leaves.filter((leaf) => !has(call, leaf)),
          );
          const [least] = missing.toSorted((a, b) => a.length - b.length);
          if (least === undefined) return `nobody asked for ${operation}: ${because}`;
          if (least.length > 0) return `${operation} came without ${least.join(", ")}`;
        }
        if (status !== "SUCCEEDED") return because;
        const said = pattern === "REQUEST_RESPONSE" ? (performed[name] ?? "") : "";
        return String(result).includes(said) ? undefined : `its output is ${String(result)}`;
      }

      function callsOf(operation: string): readonly string[] {
        const ofAws = aws.calls.filter((call) => call.operation === operation);
        const ofHere = [...web.seen, ...kubernetes.seen].filter(
          ({ method, url }) => operation === `here ${method} ${url.split("?")[0]}`,
        );
        return [
          ...ofAws.map(({ text }) => text),
          ...ofHere.map(({ url, headers, body }) =>
            [decodeURIComponent(url), JSON.stringify(headers), body].join("\n"),
          ),
        ];
      }

      async function ended(executionArn: string): Promise<JsonObject> {
        return await vi.waitFor(
          async () => {
            const description = await server.call("DescribeExecution", { executionArn });
            if (description["status"] === "RUNNING") throw new Error("it runs on");
            return description;
          },
          { timeout: 30_000, interval: 50 },
        );
      }

      async function answer(executionArn: string): Promise<void> {
        const { taskToken } = await vi.waitFor(() => {
          const request = requests.get(executionArn);
          if (request === undefined) throw new Error("its task was never called");
          return request;
        });
        // Refused where the call has failed already, which the end of the execution says better.
        await vi.waitFor(() => server.call("SendTaskSuccess", { taskToken, output: "{}" }), {
          timeout: 5_000,
        });
      }

      async function work(executionArn: string): Promise<void> {
        const { stateMachineArn } = await server.call("DescribeExecution", { executionArn });
        const { definition } = await server.call("DescribeStateMachine", {
          stateMachineArn: stateMachineArn as string,
        });
        const activityArn = /arn:aws:states:[^"]*:activity:[^"]*/.exec(definition as string)?.[0];
        const { taskToken, input } = await server.call("GetActivityTask", { activityArn });
        expect(JSON.parse(input as string)).toMatchObject({ name: "sort" });
        await server.call("SendTaskSuccess", { taskToken, output: "{}" });
      }
    },
    longestMs,
  );
});

/** Every text and number in a value. */
function leavesOf(value: JsonValue): readonly string[] {
  if (isJsonArray(value)) return value.flatMap(leavesOf);
  if (isJsonObject(value)) return Object.values(value).flatMap(leavesOf);
  return typeof value === "string" || typeof value === "number" ? [String(value)] : [];
}

function has(text: string, leaf: string): boolean {
  return text.includes(leaf) || text.includes(JSON.stringify(leaf).slice(1, -1));
}

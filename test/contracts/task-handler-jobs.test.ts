import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { SdkModule } from "../../src/integrations/aws/client-modules.ts";
import type { SdkClients, SdkCommand } from "../../src/integrations/aws/sdk-clients.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { type AwsTasks, awsTasks, stubAwsEnvironment } from "../integrations/aws-tasks.ts";
import { type AwsRequest, awsServer, json } from "./aws-server.ts";

let tasks: AwsTasks;

beforeEach(() => {
  stubAwsEnvironment("http://127.0.0.1:9");
  tasks = awsTasks();
});
afterEach(() => {
  tasks.close();
  vi.unstubAllEnvs();
});

function outputOf(outcome: TaskOutcome): JsonObject {
  if (outcome.type !== "succeeded") throw new Error(JSON.stringify(outcome));
  return outcome.output.value as JsonObject;
}

const operationOf = ({ method, path, headers }: AwsRequest): string =>
  String(headers["x-amz-target"] ?? `${method} ${decodeURIComponent(path)}`);
const bodyOf = ({ body }: AwsRequest): JsonObject => JSON.parse(body) as JsonObject;

/** Answers each operation with the next of its answers, the last one again and again. */
async function answering(answers: { readonly [operation: string]: readonly object[] }) {
  const used: Record<string, number> = {};
  return awsServer((request) => {
    const name = operationOf(request).replace(/^.*\./, "");
    const known = answers[name] ?? [];
    const index = Math.min(used[name] ?? 0, known.length - 1);
    used[name] = index + 1;
    const answer = known[index];
    if (answer === undefined) return { status: 500, body: `nothing is to be asked for ${name}` };
    return json(answer);
  });
}

const cluster = "arn:aws:ecs:us-east-1:123456789012:cluster/c";
const ecsTask = (more: object) => ({ taskArn: "t", clusterArn: cluster, ...more });
const runTask = { Cluster: "c", TaskDefinition: "d" };

describe("ecs:runTask", () => {
  const container = (exitCode?: number) => ({ name: "main", exitCode });
  const stopped = { lastStatus: "STOPPED", stopCode: "EssentialContainerExited" };

  test.each([
    ["a container that ends with 0", { ...stopped, containers: [container(0)] }, "succeeded"],
    ["a container that ends with 1", { ...stopped, containers: [container(1)] }, "failed"],
    [
      "one of two containers that ends with 1",
      { ...stopped, containers: [container(0), container(1)] },
      "failed",
    ],
    [
      "a task that did not start",
      { ...stopped, stopCode: "TaskFailedToStart", containers: [container()] },
      "failed",
    ],
  ])("%s", async (_, end, type) => {
    await answering({
      RunTask: [{ tasks: [ecsTask({ lastStatus: "PENDING" })], failures: [] }],
      DescribeTasks: [
        { tasks: [ecsTask({ lastStatus: "RUNNING" })] },
        { tasks: [ecsTask(end)], failures: [] },
      ],
    });
    const outcome = await tasks.run("ecs:runTask.sync", runTask);
    expect(outcome.type).toBe(type);
    if (outcome.type === "failed") {
      expect(outcome.error).toBe("States.TaskFailed");
      expect(JSON.parse(outcome.cause ?? "")).toMatchObject({
        TaskArn: "t",
        LastStatus: "STOPPED",
      });
    }
  });

  const failures = [{ arn: "i", reason: "RESOURCE:MEMORY" }];

  test.each(["ecs:runTask.sync", "ecs:runTask.waitForTaskToken"])(
    "%s fails if the answer has failures",
    async (resource) => {
      await answering({ RunTask: [{ tasks: [], failures }] });
      const outcome = await tasks.run(resource, runTask);
      expect(outcome).toMatchObject({ type: "failed", error: "AmazonECS.Unknown" });
      const { cause } = outcome as { cause: string };
      expect(JSON.parse(cause)).toMatchObject({
        Failures: [{ Arn: "i", Reason: "RESOURCE:MEMORY" }],
        Tasks: [],
      });
    },
  );

  test("an answer with failures is the result of a task that does not wait", async () => {
    await answering({ RunTask: [{ tasks: [], failures }] });
    expect(outputOf(await tasks.run("ecs:runTask", runTask))).toMatchObject({ Tasks: [] });
  });

  test("a task that ECS has forgotten fails its task at last", async () => {
    const missing = { tasks: [], failures: [{ arn: "t", reason: "MISSING" }] };
    const requests = await answering({
      RunTask: [{ tasks: [ecsTask({})], failures: [] }],
      DescribeTasks: [missing],
    });
    const outcome = await tasks.run("ecs:runTask.sync", runTask);
    expect(outcome).toMatchObject({ type: "failed", error: "States.TaskFailed" });
    expect(JSON.parse((outcome as { cause: string }).cause)).toMatchObject({
      Failures: [{ Reason: "MISSING" }],
    });
    expect(requests).toHaveLength(6);
  });

  test("each submission has a key of its own, and says who starts the task", async () => {
    const requests = await answering({
      RunTask: [{ tasks: [ecsTask({})], failures: [] }],
      DescribeTasks: [{ tasks: [ecsTask({ lastStatus: "STOPPED" })] }],
    });
    await tasks.run("ecs:runTask.sync", runTask);
    await tasks.run("ecs:runTask", runTask);
    const [first, , second] = requests.map(bodyOf);
    expect(first).toMatchObject({
      clientToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      startedBy: "AWS Step Functions",
      taskDefinition: "d",
    });
    expect(second).not.toHaveProperty("startedBy");
    expect(second?.["clientToken"]).not.toBe(first?.["clientToken"]);
  });
});

describe("batch:submitJob.sync", () => {
  const submit = { JobName: "j", JobQueue: "q", JobDefinition: "d" };

  async function submitted(parameters: object): Promise<JsonObject> {
    const requests = await awsServer((request) =>
      json(
        request.path === "/v1/submitjob"
          ? { jobId: "1", jobName: "j" }
          : { jobs: [{ jobId: "1", jobName: "j", status: "SUCCEEDED", createdAt: 5 }] },
      ),
    );
    const outcome = await tasks.run("batch:submitJob.sync", { ...submit, ...parameters });
    expect(outputOf(outcome)).toEqual({
      CreatedAt: 5,
      JobId: "1",
      JobName: "j",
      Status: "SUCCEEDED",
    });
    return bodyOf(requests.find(({ path }) => path === "/v1/submitjob") as AwsRequest);
  }

  const mark = { name: "MANAGED_BY_AWS", value: "STARTED_BY_STEP_FUNCTIONS" };

  test("tells the containers who started them", async () => {
    expect(await submitted({})).toMatchObject({ containerOverrides: { environment: [mark] } });
  });

  test("tells it beside what the author tells them", async () => {
    const Environment = [{ Name: "A", Value: "b" }];
    expect(await submitted({ ContainerOverrides: { Environment } })).toMatchObject({
      containerOverrides: { environment: [{ name: "A", value: "b" }, mark] },
    });
  });

  test("does not where the job is of another kind", async () => {
    const sent = await submitted({ NodeOverrides: { NumNodes: 2 } });
    expect(sent).not.toHaveProperty("containerOverrides");
  });

  test("keeps the keys of maps as they are", async () => {
    const Parameters = { inputFile: "a", InputFile: "b" };
    expect(await submitted({ Parameters })).toMatchObject({ parameters: Parameters });
  });
});

describe("elasticmapreduce", () => {
  test("modifyInstanceFleetByName finds the fleet's id on the pages of a list", async () => {
    const requests = await answering({
      ListInstanceFleets: [
        { InstanceFleets: [{ Id: "if-1", Name: "main" }], Marker: "m" },
        { InstanceFleets: [{ Id: "if-2", Name: "core" }] },
      ],
      ModifyInstanceFleet: [{}],
    });
    const outcome = await tasks.run("elasticmapreduce:modifyInstanceFleetByName", {
      ClusterId: "j-1",
      InstanceFleetName: "core",
      InstanceFleet: { TargetOnDemandCapacity: 8 },
    });
    expect(outputOf(outcome)).toMatchObject({ SdkHttpMetadata: { HttpStatusCode: 200 } });
    expect(requests.map(bodyOf)).toEqual([
      { ClusterId: "j-1" },
      { ClusterId: "j-1", Marker: "m" },
      { ClusterId: "j-1", InstanceFleet: { InstanceFleetId: "if-2", TargetOnDemandCapacity: 8 } },
    ]);
  });

  test("addStep.sync fails with what describes the step", async () => {
    const requests = await answering({
      AddJobFlowSteps: [{ StepIds: ["s-1"] }],
      DescribeStep: [
        { Step: { Id: "s-1", Status: { State: "RUNNING" } } },
        { Step: { Id: "s-1", Status: { State: "FAILED" } } },
      ],
    });
    const Step = { Name: "n", HadoopJarStep: { Jar: "j" } };
    const outcome = await tasks.run("elasticmapreduce:addStep.sync", { ClusterId: "j-1", Step });
    expect(outcome).toMatchObject({ type: "failed", error: "States.TaskFailed" });
    expect(JSON.parse((outcome as { cause: string }).cause)).toEqual({
      Step: { Id: "s-1", Status: { State: "FAILED" } },
      StepId: "s-1",
    });
    expect(requests.slice(0, 2).map(bodyOf)).toEqual([
      { JobFlowId: "j-1", Steps: [Step] },
      { ClusterId: "j-1", StepId: "s-1" },
    ]);
  });

  test("cancelStep has one step where the API has a list", async () => {
    const requests = await answering({
      CancelSteps: [{ CancelStepsInfoList: [{ StepId: "s-1", Status: "SUBMITTED" }] }],
    });
    const parameters = { ClusterId: "j-1", StepId: "s-1" };
    const outcome = await tasks.run("elasticmapreduce:cancelStep", parameters);
    expect(outputOf(outcome)).toMatchObject({
      CancelStepsInfo: { StepId: "s-1", Status: "SUBMITTED" },
    });
    expect(requests.map(bodyOf)).toEqual([{ ClusterId: "j-1", StepIds: ["s-1"] }]);
  });

  test("the id of a group is not for the author to give", async () => {
    const outcome = await tasks.run("elasticmapreduce:modifyInstanceGroupByName", {
      ClusterId: "j-1",
      InstanceGroupName: "core",
      InstanceGroup: { InstanceGroupId: "ig-1" },
    });
    expect(outcome).toMatchObject({
      type: "rejected",
      cause: expect.stringContaining("'InstanceGroupId' is not supported") as string,
    });
  });
});

describe("bedrock:invokeModel", () => {
  const ModelId = "amazon.nova-lite-v1:0";
  const answer = { results: [{ outputText: "hi", score: 0.5 }] };

  test("sends JSON, and answers JSON", async () => {
    const requests = await awsServer(() => json(answer, { "Content-Type": "application/json" }));
    const outcome = await tasks.run("bedrock:invokeModel", { ModelId, Body: { inputText: "hé" } });
    expect(outputOf(outcome)).toEqual({ Body: answer, ContentType: "application/json" });
    const [sent] = requests;
    expect(operationOf(sent as AwsRequest)).toBe(`POST /model/${ModelId}/invoke`);
    expect(sent?.body).toBe('{"inputText":"hé"}');
    expect(sent?.headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/json",
    });
  });

  test("takes its input from an object, with its content type, and puts its output into one", async () => {
    const requests = await awsServer((request) => {
      if (request.method === "GET") {
        return { headers: { "Content-Type": "application/x-in" }, body: '{"inputText":"hé"}' };
      }
      if (request.method === "PUT") return { headers: { ETag: '"e"' } };
      return json(answer, { "Content-Type": "application/json" });
    });
    const outcome = await tasks.run("bedrock:invokeModel", {
      ModelId,
      Input: { S3Uri: "s3://bucket/in/a.json" },
      Output: { S3Uri: "s3://bucket/out/a.json" },
    });
    expect(outputOf(outcome)).toEqual({
      Body: "s3://bucket/out/a.json",
      ContentType: "application/json",
    });
    expect(requests.map(operationOf)).toEqual([
      expect.stringMatching(/^GET \/bucket\/in\/a\.json/),
      `POST /model/${ModelId}/invoke`,
      expect.stringMatching(/^PUT \/bucket\/out\/a\.json/),
    ]);
    const [, invoked, put] = requests;
    expect(invoked?.body).toBe('{"inputText":"hé"}');
    expect(invoked?.headers["content-type"]).toBe("application/x-in");
    expect(JSON.parse(put?.body ?? "")).toEqual(answer);
  });

  test("an object that is not there fails the task with S3's words, and calls no model", async () => {
    const requests = await awsServer(() => ({
      status: 404,
      body: "<Error><Code>NoSuchKey</Code><Message>No such.</Message></Error>",
    }));
    const Input = { S3Uri: "s3://bucket/none" };
    expect(await tasks.run("bedrock:invokeModel", { ModelId, Input })).toMatchObject({
      type: "failed",
      error: "S3.NoSuchKeyException",
    });
    expect(requests).toHaveLength(1);
  });

  test("what Bedrock refuses has the name of the integration", async () => {
    await awsServer(() => ({
      ...json({ message: "Slow down" }, { "x-amzn-ErrorType": "ThrottlingException" }),
      status: 429,
    }));
    expect(await tasks.run("bedrock:invokeModel", { ModelId, Body: {} })).toMatchObject({
      type: "failed",
      error: "Bedrock.ThrottlingException",
      cause: expect.stringContaining("(Service: BedrockRuntime, Status Code: 429") as string,
    });
  });

  test.each([
    [{}, "The field 'Body' is required but was missing"],
    [
      { Body: {}, Input: { S3Uri: "s3://b/k" } },
      "The fields 'Body' and 'Input' cannot be specified together",
    ],
    [{ Input: { S3Uri: "b/k" } }, "The value of the field 'Input.S3Uri' has an invalid format"],
  ])("%j is refused", async (more, problem) => {
    expect(await tasks.run("bedrock:invokeModel", { ModelId, ...more })).toMatchObject({
      type: "rejected",
      cause: expect.stringContaining(problem) as string,
    });
  });
});

test("mediaconvert:createJob.sync tags its job, and its times are ISO 8601", async () => {
  const job = (Status: string) => ({
    job: { id: "1", status: Status, createdAt: 1_767_323_045, settings: {}, role: "r" },
  });
  const requests = await awsServer((request) =>
    json(job(request.method === "POST" ? "SUBMITTED" : "COMPLETE")),
  );
  const outcome = await tasks.run("mediaconvert:createJob.sync", {
    Role: "r",
    Settings: {},
    Tags: { team: "a" },
  });
  expect(outputOf(outcome)).toMatchObject({
    Job: { Id: "1", Status: "COMPLETE", CreatedAt: "2026-01-02T03:04:05Z" },
  });
  expect(bodyOf(requests[0] as AwsRequest)).toMatchObject({
    clientRequestToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    tags: { team: "a", ManagedByService: "AWSStepFunctions" },
  });
});

test("databrew:startJobRun.sync is looked at by its name and run, and stopped if it is aborted", async () => {
  const requests = await awsServer((request) =>
    json(
      request.method === "GET" ? { JobName: "n", RunId: "r", State: "SUCCEEDED" } : { RunId: "r" },
    ),
  );
  const outcome = await tasks.run("databrew:startJobRun.sync", { Name: "n" });
  expect(outputOf(outcome)).toEqual({ JobName: "n", RunId: "r", State: "SUCCEEDED" });
  await tasks.abort("databrew:startJobRun.sync", { Name: "n" });
  expect(requests.map(operationOf)).toEqual([
    "POST /jobs/n/startJobRun",
    "GET /jobs/n/jobRun/r",
    "POST /jobs/n/startJobRun",
    "POST /jobs/n/jobRun/r/stopJobRun",
  ]);
});

test("sagemaker:createLabelingJob.sync fails with what describes the job", async () => {
  const requests = await answering({
    CreateLabelingJob: [{ LabelingJobArn: "a" }],
    DescribeLabelingJob: [
      { LabelingJobName: "l", LabelingJobStatus: "InProgress" },
      { LabelingJobName: "l", LabelingJobStatus: "Failed", FailureReason: "No." },
    ],
  });
  const outcome = await tasks.run("sagemaker:createLabelingJob.sync", {
    LabelingJobName: "l",
    LabelAttributeName: "a",
    InputConfig: { DataSource: {} },
    OutputConfig: { S3OutputPath: "s3://b/o" },
    RoleArn: "r",
    HumanTaskConfig: {
      WorkteamArn: "w",
      UiConfig: {},
      TaskTitle: "t",
      TaskDescription: "d",
      NumberOfHumanWorkersPerDataObject: 1,
      TaskTimeLimitInSeconds: 60,
    },
  });
  expect(outcome).toMatchObject({ type: "failed", error: "States.TaskFailed" });
  expect(JSON.parse((outcome as { cause: string }).cause)).toEqual({
    FailureReason: "No.",
    LabelingJobName: "l",
    LabelingJobStatus: "Failed",
  });
  expect(bodyOf(requests[0] as AwsRequest)).toMatchObject({
    Tags: [{ Key: "MANAGED_BY_AWS", Value: "STARTED_BY_STEP_FUNCTIONS" }],
  });
});

test("sagemaker:updateEndpoint answers the endpoint's ARN", async () => {
  await answering({ UpdateEndpoint: [{ EndpointArn: "a" }] });
  const endpoint = { EndpointName: "e", EndpointConfigName: "c" };
  const outcome = await tasks.run("sagemaker:updateEndpoint", endpoint);
  expect(outputOf(outcome)).toMatchObject({
    EndpointArn: "a",
    SdkHttpMetadata: { HttpStatusCode: 200 },
  });
});

describe("codebuild", () => {
  const batch = (buildBatchStatus: string) => ({ id: "b", buildBatchStatus });

  test("startBuildBatch.sync ends with the batch, under the name that its submission has", async () => {
    await answering({
      StartBuildBatch: [{ buildBatch: batch("IN_PROGRESS") }],
      BatchGetBuildBatches: [{ buildBatches: [batch("SUCCEEDED")] }],
    });
    const outcome = await tasks.run("codebuild:startBuildBatch.sync", { ProjectName: "p" });
    expect(outputOf(outcome)).toEqual({ BuildBatch: { BuildBatchStatus: "SUCCEEDED", Id: "b" } });
  });

  test("retryBuildBatch.sync is stopped if it is aborted, and so is a batch by its own action", async () => {
    const requests = await answering({
      RetryBuildBatch: [{ buildBatch: batch("IN_PROGRESS") }],
      StopBuildBatch: [{ buildBatch: batch("STOPPED") }],
      DeleteBuildBatch: [{ statusCode: "SUCCESSFUL" }],
      BatchGetReports: [{ reports: [], reportsNotFound: ["r"] }],
    });
    await tasks.abort("codebuild:retryBuildBatch.sync", { Id: "b" });
    await tasks.run("codebuild:stopBuildBatch", { Id: "b" });
    await tasks.run("codebuild:deleteBuildBatch", { Id: "b" });
    const reports = await tasks.run("codebuild:batchGetReports", { ReportArns: ["r"] });
    expect(outputOf(reports)).toMatchObject({ ReportsNotFound: ["r"] });
    expect(requests.map((request) => operationOf(request).replace(/^.*\./, ""))).toEqual([
      "RetryBuildBatch",
      "StopBuildBatch",
      "StopBuildBatch",
      "DeleteBuildBatch",
      "BatchGetReports",
    ]);
  });
});

describe("codebuild:batchDeleteBuilds", () => {
  const left = { buildsDeleted: [], buildsNotDeleted: [{ id: "b", statusCode: "IN_PROGRESS" }] };

  test("is asked for again while builds are not deleted", async () => {
    const deleted = { buildsDeleted: ["b"], buildsNotDeleted: [] };
    const requests = await answering({ BatchDeleteBuilds: [left, left, deleted] });
    const outcome = await tasks.run("codebuild:batchDeleteBuilds", { Ids: ["b"] });
    expect(outputOf(outcome)).toMatchObject({ BuildsDeleted: ["b"] });
    expect(requests).toHaveLength(3);
  });

  test("is not asked for for ever: the last answer is the result", async () => {
    const requests = await answering({ BatchDeleteBuilds: [left] });
    const outcome = await tasks.run("codebuild:batchDeleteBuilds", { Ids: ["b"] });
    expect(outputOf(outcome)).toMatchObject({ BuildsNotDeleted: [{ Id: "b" }] });
    expect(requests).toHaveLength(5);
  });
});

describe("emr-containers", () => {
  test("startJobRun.sync is made without a token of the author's, and cancelled if it is aborted", async () => {
    const { clients, calls } = standInEmrContainers(["PENDING", "RUNNING", "COMPLETED"]);
    const own = awsTasks(clients);
    const parameters = { VirtualClusterId: "v", Tags: { team: "a" } };
    expect(outputOf(await own.run("emr-containers:startJobRun.sync", parameters))).toEqual({
      Id: "1",
      State: "COMPLETED",
      VirtualClusterId: "v",
    });
    await own.abort("emr-containers:startJobRun.sync", parameters);
    own.close();
    expect(calls[0]).toEqual({
      operation: "StartJobRun",
      input: {
        clientToken: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        tags: { team: "a" },
        virtualClusterId: "v",
      },
    });
    expect(calls.at(-1)).toEqual({
      operation: "CancelJobRun",
      input: { id: "1", virtualClusterId: "v" },
    });
  });
});

/** The client of this service that the registry here has is older than clients that describe their operations. */
function standInEmrContainers(states: readonly string[]) {
  const calls: { operation: string; input: unknown }[] = [];
  const structure = (members: object, required = 0) => {
    const [names, schemas] = [Object.keys(members), Object.values(members) as unknown[]];
    return [3, "emrcontainers", "S", 0, names, schemas, required];
  };
  const run = structure({ id: 0, state: 0, virtualClusterId: 0 });
  const named = structure({ id: 0, virtualClusterId: 0 }, 2);
  const operations = {
    StartJobRun: [
      structure({ virtualClusterId: 0, clientToken: [0, 4], tags: 128 }, 2),
      structure({ id: 0, virtualClusterId: 0 }),
    ],
    DescribeJobRun: [named, structure({ jobRun: run })],
    CancelJobRun: [named, structure({ id: 0 })],
  };
  const module: Record<string, unknown> = {};
  for (const [operation, [input, output]] of Object.entries(operations)) {
    module[`${operation}Command`] = class implements SdkCommand {
      readonly schema = [9, "emrcontainers", operation, 0, input, output];
      readonly middlewareStack = { add() {} };
      readonly call: { operation: string; input: unknown };

      constructor(given: unknown) {
        this.call = { operation, input: given };
      }
    };
  }
  let looks = 0;
  const client = {
    config: { serviceId: "EMR containers" },
    destroy() {},
    send(command: SdkCommand) {
      const { call } = command as SdkCommand & { call: (typeof calls)[number] };
      calls.push(call);
      const id = { id: "1", virtualClusterId: "v" };
      const output =
        call.operation === "DescribeJobRun" ? { jobRun: { ...id, state: states[looks++] } } : id;
      return Promise.resolve({ $metadata: { httpStatusCode: 200, requestId: "r" }, ...output });
    },
  };
  const service = { client, errorPrefix: "EmrContainers", module: module as SdkModule };
  const clients: SdkClients = {
    connect: () => Promise.resolve({ type: "connected", service }),
    close() {},
  };
  return { clients, calls };
}

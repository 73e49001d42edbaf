import { AthenaClient, GetQueryExecutionCommand } from "@aws-sdk/client-athena";
import {
  BatchClient,
  CreateComputeEnvironmentCommand,
  CreateJobQueueCommand,
  DescribeJobsCommand,
  RegisterJobDefinitionCommand,
} from "@aws-sdk/client-batch";
import { CodeBuildClient, CreateProjectCommand } from "@aws-sdk/client-codebuild";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  CreateClusterCommand,
  DescribeTasksCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
} from "@aws-sdk/client-ecs";
import { DescribeClusterCommand as DescribeEksCluster, EKSClient } from "@aws-sdk/client-eks";
import { DescribeClusterCommand, EMRClient, ListInstanceGroupsCommand } from "@aws-sdk/client-emr";
import {
  EMRServerlessClient,
  GetApplicationCommand,
  GetJobRunCommand,
} from "@aws-sdk/client-emr-serverless";
import { CreateJobCommand, GlueClient } from "@aws-sdk/client-glue";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { type AwsTasks, awsTasks, stubAwsEnvironment } from "./aws-tasks.ts";
import { motoProgram, type MotoServer, startMoto } from "./moto-server.ts";

const program = motoProgram();
if (program === undefined) {
  console.log("skipped: moto is not installed (npm run integrations installs it)");
}

/** What every client here is made with. */
const settings = (): object => ({
  region: "us-east-1",
  endpoint: moto.url,
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});

const role = "arn:aws:iam::123456789012:role/service";
let moto: MotoServer;
let tasks: AwsTasks;

function outputOf(outcome: TaskOutcome): JsonObject {
  if (outcome.type !== "succeeded") throw new Error(JSON.stringify(outcome));
  return outcome.output.value as JsonObject;
}

/** Makes a role that moto wants to see; for this one call a client would be much. */
async function createRole(name: string): Promise<void> {
  const scope = "test/20260101/us-east-1/iam/aws4_request";
  const response = await fetch(moto.url, {
    method: "POST",
    headers: {
      Authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=none`,
    },
    body: new URLSearchParams({
      Action: "CreateRole",
      Version: "2010-05-08",
      RoleName: name,
      AssumeRolePolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    }),
  });
  if (!response.ok) throw new Error(await response.text());
}

/** How often moto was asked for this. */
function times(operation: string): number {
  return moto.asked.filter((one) => one.endsWith(operation)).length;
}

async function run(resource: string, parameters: JsonObject): Promise<JsonObject> {
  return outputOf(await tasks.run(resource, parameters));
}

describe.skipIf(program === undefined)("against moto,", () => {
  beforeAll(async () => {
    moto = await startMoto(program as string);
  }, 90_000);
  afterAll(() => moto?.stop());

  beforeEach(async () => {
    await moto.reset();
    stubAwsEnvironment(moto.url);
    tasks = awsTasks();
  });
  afterEach(() => {
    tasks.close();
    vi.unstubAllEnvs();
  });

  /** What holds for every action, whatever it does: what is missing, and what it does not have, calls nobody. */
  test.each<[resource: string, required: string]>([
    ["athena:startQueryExecution.sync", "QueryString"],
    ["batch:submitJob.sync", "JobName"],
    ["bedrock:createModelCustomizationJob.sync", "JobName"],
    ["codebuild:startBuild.sync", "ProjectName"],
    ["codebuild:startBuildBatch.sync", "ProjectName"],
    ["databrew:startJobRun.sync", "Name"],
    ["dynamodb:putItem", "Item"],
    ["ecs:runTask.sync", "TaskDefinition"],
    ["eks:createCluster.sync", "RoleArn"],
    ["elasticmapreduce:createCluster.sync", "Instances"],
    ["elasticmapreduce:addStep.sync", "Step"],
    ["emr-containers:startJobRun.sync", "VirtualClusterId"],
    ["emr-serverless:startJobRun.sync", "ApplicationId"],
    ["events:putEvents", "Entries"],
    ["glue:startJobRun.sync", "JobName"],
    ["mediaconvert:createJob.sync", "Role"],
    ["sagemaker:createTrainingJob.sync", "TrainingJobName"],
    ["sns:publish", "Message"],
    ["sqs:sendMessage", "QueueUrl"],
  ])("%s refuses what is missing and what it does not have", async (resource, required) => {
    const outcome = await tasks.run(resource, { Nonsense: 1 });
    expect(outcome).toMatchObject({ type: "rejected" });
    const { cause } = outcome as { cause: string };
    expect(cause).toContain("The field 'Nonsense' is not supported by Step Functions");
    expect(cause).toContain(`The field '${required}' is required but was missing`);
  });

  describe("ECS", () => {
    const parameters = { Cluster: "c", TaskDefinition: "t", LaunchType: "FARGATE" };
    const client = () => new ECSClient(settings());
    beforeEach(async () => {
      await client().send(new CreateClusterCommand({ clusterName: "c" }));
      const containerDefinitions = [{ name: "main", image: "busybox", memory: 128 }];
      await client().send(new RegisterTaskDefinitionCommand({ family: "t", containerDefinitions }));
    });

    test("a task runs to its end, and is the result", async () => {
      const { TaskArn, ...task } = await run("ecs:runTask.sync", parameters);
      expect(TaskArn).toMatch(/^arn:aws:ecs:us-east-1:123456789012:task\/c\//);
      expect(task).toMatchObject({
        LastStatus: "STOPPED",
        StartedBy: "AWS Step Functions",
        Containers: [{ GpuIds: [], Name: "main" }],
        Tags: [],
      });
    });

    test("without waiting, the answer is the result", async () => {
      const { Tasks, Failures, SdkHttpMetadata } = await run("ecs:runTask", parameters);
      expect(Tasks).toMatchObject([{ LastStatus: "RUNNING" }]);
      expect(Failures).toEqual([]);
      expect(SdkHttpMetadata).toMatchObject({ HttpStatusCode: 200 });
    });

    test("what ECS refuses fails the task", async () => {
      expect(await tasks.run("ecs:runTask.sync", { ...parameters, Cluster: "none" })).toEqual({
        type: "failed",
        error: "ECS.ClusterNotFoundException",
        cause: expect.stringMatching(
          /\(Service: AmazonECS; Status Code: 400; Error Code: ClusterNotFoundException; Request ID: .*; Proxy: null\)$/,
        ) as string,
      });
    });

    test("a task is stopped if it is aborted", async () => {
      await moto.transition("ecs::task", { progression: "manual", times: 1_000 });
      const { Tasks } = await tasks.abort("ecs:runTask.sync", parameters);
      const [{ TaskArn }] = Tasks as [{ TaskArn: string }];
      const described = await client().send(
        new DescribeTasksCommand({ cluster: "c", tasks: [TaskArn] }),
      );
      expect(described.tasks?.[0]).toMatchObject({ stoppedReason: "Aborted by Step Functions" });
    });

    test("a task is taken up by the next server", async () => {
      const outcome = await tasks.resume("ecs:runTask.sync", parameters);
      expect(outputOf(outcome)).toMatchObject({ LastStatus: "STOPPED" });
      expect(times("RunTask")).toBe(1);
    });
  });

  describe("Batch", () => {
    const parameters = { JobName: "j", JobQueue: "queue", JobDefinition: "definition" };
    const client = () => new BatchClient(settings());
    beforeEach(async () => {
      await createRole("service");
      const environment = { computeEnvironmentName: "environment", serviceRole: role };
      await client().send(
        new CreateComputeEnvironmentCommand({ ...environment, type: "UNMANAGED" }),
      );
      await client().send(
        new CreateJobQueueCommand({
          jobQueueName: "queue",
          priority: 1,
          state: "ENABLED",
          computeEnvironmentOrder: [{ order: 1, computeEnvironment: "environment" }],
        }),
      );
      await client().send(
        new RegisterJobDefinitionCommand({
          jobDefinitionName: "definition",
          type: "container",
          containerProperties: { image: "busybox", vcpus: 1, memory: 128 },
        }),
      );
    });

    test("a job runs to its end, and is the result", async () => {
      expect(await run("batch:submitJob.sync", parameters)).toMatchObject({
        JobName: "j",
        Status: "SUCCEEDED",
      });
    });

    test("what Batch refuses fails the task", async () => {
      expect(await tasks.run("batch:submitJob", { ...parameters, JobQueue: "none" })).toMatchObject(
        {
          type: "failed",
          error: "Batch.ClientException",
          cause: expect.stringContaining("(Service: AWSBatch; Status Code: 400;") as string,
        },
      );
    });

    test("a job is terminated if it is aborted", async () => {
      await moto.transition("batch::job", { progression: "manual", times: 1_000 });
      const { JobId } = await tasks.abort("batch:submitJob.sync", parameters);
      const { jobs } = await client().send(new DescribeJobsCommand({ jobs: [JobId as string] }));
      expect(jobs?.[0]).toMatchObject({ statusReason: "Aborted by Step Functions" });
    });

    test("a job is taken up by the next server", async () => {
      const outcome = await tasks.resume("batch:submitJob.sync", parameters);
      expect(outputOf(outcome)).toMatchObject({ Status: "SUCCEEDED" });
      expect(times("POST /v1/submitjob")).toBe(1);
    });
  });

  describe("Glue", () => {
    const parameters = { JobName: "job", Arguments: { "--day": "monday" } };
    beforeEach(async () => {
      await moto.transition("glue::job_run", { progression: "manual", times: 2 });
      const Command = { Name: "glueetl", ScriptLocation: "s3://b/k" };
      await new GlueClient(settings()).send(
        new CreateJobCommand({ Name: "job", Role: role, Command }),
      );
    });

    test("a job runs to its end, and the run is the result", async () => {
      expect(await run("glue:startJobRun.sync", parameters)).toMatchObject({
        Id: expect.stringMatching(/^jr_/) as string,
        JobName: "job",
        JobRunState: "SUCCEEDED",
        StartedOn: expect.any(Number) as number,
      });
    });

    test("without waiting, the answer has the name of the job", async () => {
      expect(await run("glue:startJobRun", parameters)).toMatchObject({
        JobName: "job",
        JobRunId: expect.stringMatching(/^jr_/) as string,
      });
    });

    test("what Glue refuses fails the task", async () => {
      expect(await tasks.run("glue:startJobRun.sync", { JobName: "none" })).toMatchObject({
        type: "failed",
        error: "Glue.EntityNotFoundException",
        cause: expect.stringContaining("(Service: AWSGlue; Status Code: 400;") as string,
      });
    });

    test("a run is taken up by the next server", async () => {
      const outcome = await tasks.resume("glue:startJobRun.sync", parameters);
      expect(outputOf(outcome)).toMatchObject({ JobRunState: "SUCCEEDED" });
      expect(times("StartJobRun")).toBe(1);
    });

    test("a run is to be stopped if it is aborted", async () => {
      await tasks.abort("glue:startJobRun.sync", parameters);
      expect(moto.asked.at(-1)).toBe("AWSGlue.BatchStopJobRun");
    });
  });

  describe("CodeBuild", () => {
    const parameters = { ProjectName: "project" };
    const client = () => new CodeBuildClient(settings());
    beforeEach(async () => {
      await client().send(
        new CreateProjectCommand({
          name: "project",
          source: { type: "S3", location: "bucket/path/file.zip" },
          artifacts: { type: "NO_ARTIFACTS" },
          environment: {
            type: "LINUX_CONTAINER",
            image: "contents_not_validated",
            computeType: "BUILD_GENERAL1_SMALL",
          },
          serviceRole: "arn:aws:iam::123456789012:role/service-role/my-codebuild-service-role",
        }),
      );
    });

    test("a build runs to its end, and is the result", async () => {
      const { Build } = await run("codebuild:startBuild.sync", parameters);
      expect(Build).toMatchObject({ BuildStatus: "SUCCEEDED", ProjectName: "project" });
    });

    test("what CodeBuild refuses fails the task", async () => {
      expect(await tasks.run("codebuild:startBuild", { ProjectName: "none" })).toMatchObject({
        type: "failed",
        error: "CodeBuild.ResourceNotFoundException",
        cause: expect.stringContaining("(Service: AWSCodeBuild; Status Code: 400;") as string,
      });
    });

    test("a build is stopped if it is aborted", async () => {
      await tasks.abort("codebuild:startBuild.sync", parameters);
      expect(moto.asked.at(-1)).toBe("CodeBuild_20161006.StopBuild");
    });

    test("a build is stopped by its own action", async () => {
      const { Build } = await run("codebuild:startBuild", parameters);
      const { Id } = Build as { Id: string };
      expect(await run("codebuild:stopBuild", { Id })).toMatchObject({
        Build: { Id, BuildStatus: "STOPPED" },
      });
    });

    test("a build is taken up by the next server", async () => {
      const outcome = await tasks.resume("codebuild:startBuild.sync", parameters);
      expect(outputOf(outcome)).toMatchObject({ Build: { BuildStatus: "SUCCEEDED" } });
      expect(times("StartBuild")).toBe(1);
    });
  });

  describe("SageMaker", () => {
    const training = {
      TrainingJobName: "train",
      RoleArn: role,
      AlgorithmSpecification: { TrainingImage: "image", TrainingInputMode: "File" },
      OutputDataConfig: { S3OutputPath: "s3://b/out" },
      ResourceConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 10 },
      StoppingCondition: { MaxRuntimeInSeconds: 60 },
    };

    test("a training job runs to its end, and what describes it is the result", async () => {
      expect(await run("sagemaker:createTrainingJob.sync", training)).toMatchObject({
        TrainingJobName: "train",
        TrainingJobStatus: "Completed",
      });
    });

    test("a processing job and a transform job do so, too", async () => {
      const processing = {
        ProcessingJobName: "process",
        RoleArn: role,
        AppSpecification: { ImageUri: "image" },
        ProcessingResources: {
          ClusterConfig: { InstanceCount: 1, InstanceType: "ml.m5.large", VolumeSizeInGB: 10 },
        },
      };
      expect(await run("sagemaker:createProcessingJob.sync", processing)).toMatchObject({
        ProcessingJobStatus: "Completed",
      });
      const transform = {
        TransformJobName: "transform",
        ModelName: "model",
        TransformInput: {
          DataSource: { S3DataSource: { S3DataType: "S3Prefix", S3Uri: "s3://b/in" } },
        },
        TransformOutput: { S3OutputPath: "s3://b/out" },
        TransformResources: { InstanceCount: 1, InstanceType: "ml.m5.large" },
      };
      expect(await run("sagemaker:createTransformJob.sync", transform)).toMatchObject({
        TransformJobStatus: "Completed",
      });
    });

    test("a tuning job does so, too", async () => {
      const tuning = {
        HyperParameterTuningJobName: "tune",
        HyperParameterTuningJobConfig: {
          Strategy: "Random",
          ResourceLimits: { MaxParallelTrainingJobs: 1 },
        },
      };
      expect(await run("sagemaker:createHyperParameterTuningJob.sync", tuning)).toMatchObject({
        HyperParameterTuningJobName: "tune",
        HyperParameterTuningJobStatus: "Completed",
      });
    });

    test("a model, the configuration of an endpoint and the endpoint are made", async () => {
      const PrimaryContainer = { Image: "image", ModelDataUrl: "s3://b/m" };
      const model = { ModelName: "m", ExecutionRoleArn: role, PrimaryContainer };
      expect(await run("sagemaker:createModel", model)).toMatchObject({
        ModelArn: "arn:aws:sagemaker:us-east-1:123456789012:model/m",
      });
      const variant = {
        VariantName: "v",
        ModelName: "m",
        InitialInstanceCount: 1,
        InstanceType: "ml.m5.large",
      };
      const configuration = { EndpointConfigName: "c", ProductionVariants: [variant] };
      expect(await run("sagemaker:createEndpointConfig", configuration)).toMatchObject({
        EndpointConfigArn: expect.stringMatching(/endpoint-config\/c$/) as string,
      });
      const endpoint = { EndpointName: "e", EndpointConfigName: "c" };
      expect(await run("sagemaker:createEndpoint", endpoint)).toMatchObject({
        EndpointArn: expect.stringMatching(/endpoint\/e$/) as string,
      });
    });

    test("what SageMaker refuses fails the task", async () => {
      const endpoint = { EndpointName: "e", EndpointConfigName: "none" };
      expect(await tasks.run("sagemaker:createEndpoint", endpoint)).toMatchObject({
        type: "failed",
        error: "SageMaker.AmazonSageMakerException",
        cause: expect.stringContaining(
          "(Service: AmazonSageMaker; Status Code: 400; Error Code: ValidationException;",
        ) as string,
      });
    });

    test("a training job is stopped if it is aborted", async () => {
      await tasks.abort("sagemaker:createTrainingJob.sync", training);
      expect(moto.asked.at(-1)).toBe("SageMaker.StopTrainingJob");
    });

    test("a training job is taken up by the next server", async () => {
      const outcome = await tasks.resume("sagemaker:createTrainingJob.sync", training);
      expect(outputOf(outcome)).toMatchObject({ TrainingJobStatus: "Completed" });
      expect(times("CreateTrainingJob")).toBe(1);
    });
  });

  describe("EMR", () => {
    const client = () => new EMRClient(settings());
    const instance = { InstanceCount: 1, InstanceType: "m5.xlarge", Market: "ON_DEMAND" };
    const cluster = (instances: JsonObject) => ({
      Name: "cluster",
      ReleaseLabel: "emr-6.9.0",
      JobFlowRole: "EMR_EC2_DefaultRole",
      ServiceRole: "EMR_DefaultRole",
      Instances: { KeepJobFlowAliveWhenNoSteps: true, ...instances },
    });
    const groups = cluster({
      InstanceGroups: [
        { ...instance, InstanceRole: "MASTER", Name: "main" },
        { ...instance, InstanceRole: "CORE", Name: "core" },
      ],
    });
    const step = {
      Name: "step",
      ActionOnFailure: "CONTINUE",
      HadoopJarStep: { Jar: "command-runner.jar", Args: ["echo"] },
    };
    const create = async (definition: JsonObject): Promise<string> => {
      const { ClusterId } = await run("elasticmapreduce:createCluster.sync", definition);
      return ClusterId as string;
    };

    test("a cluster is waited for until it waits, and again until it has ended", async () => {
      const { ClusterId, Cluster } = await run("elasticmapreduce:createCluster.sync", groups);
      expect(Cluster).toMatchObject({ Id: ClusterId, Status: { State: "WAITING" } });
      const ended = await run("elasticmapreduce:terminateCluster.sync", {
        ClusterId,
      } as JsonObject);
      expect(ended).toMatchObject({ ClusterId, Cluster: { Status: { State: "TERMINATED" } } });
    });

    test("a cluster that is to end by itself is refused", async () => {
      const Instances = { ...groups.Instances, KeepJobFlowAliveWhenNoSteps: false };
      expect(
        await tasks.run("elasticmapreduce:createCluster", { ...groups, Instances }),
      ).toMatchObject({ type: "rejected" });
    });

    test("a cluster that is being created is terminated if its task is aborted", async () => {
      const { ClusterId } = await tasks.abort("elasticmapreduce:createCluster.sync", groups);
      const { Cluster } = await client().send(
        new DescribeClusterCommand({ ClusterId: ClusterId as string }),
      );
      expect(Cluster?.Status?.State).toBe("TERMINATED");
    });

    test("a step is added, its id is answered, and it is cancelled if it is aborted", async () => {
      const ClusterId = await create(groups);
      const added = await run("elasticmapreduce:addStep", { ClusterId, Step: step });
      expect(added).toMatchObject({ StepId: expect.stringMatching(/^s-/) as string });
      await tasks.abort("elasticmapreduce:addStep.sync", { ClusterId, Step: step });
      expect(moto.asked.at(-1)).toBe("ElasticMapReduce.CancelSteps");
    });

    test("a group and a fleet of instances are changed by their names", async () => {
      const ClusterId = await create(groups);
      await run("elasticmapreduce:modifyInstanceGroupByName", {
        ClusterId,
        InstanceGroupName: "core",
        InstanceGroup: { InstanceCount: 3 },
      });
      const listed = await client().send(new ListInstanceGroupsCommand({ ClusterId }));
      const core = listed.InstanceGroups?.find(({ Name }) => Name === "core");
      expect(core?.RequestedInstanceCount).toBe(3);
    });

    test("a name that nothing has fails the task", async () => {
      const ClusterId = await create(groups);
      expect(
        await tasks.run("elasticmapreduce:modifyInstanceGroupByName", {
          ClusterId,
          InstanceGroupName: "none",
          InstanceGroup: { InstanceCount: 3 },
        }),
      ).toMatchObject({
        type: "failed",
        error: "ElasticMapReduce.InvalidRequestException",
        cause: expect.stringContaining('"none"') as string,
      });
    });

    test("a cluster is protected from being terminated", async () => {
      const ClusterId = await create(groups);
      await run("elasticmapreduce:setClusterTerminationProtection", {
        ClusterId,
        TerminationProtected: true,
      });
      const { Cluster } = await client().send(new DescribeClusterCommand({ ClusterId }));
      expect(Cluster?.TerminationProtected).toBe(true);
    });
  });

  describe("EMR Serverless", () => {
    const client = () => new EMRServerlessClient(settings());
    const application = { Name: "a", ReleaseLabel: "emr-6.9.0", Type: "SPARK" };
    const create = async (): Promise<string> => {
      const made = await run("emr-serverless:createApplication.sync", application);
      return made["ApplicationId"] as string;
    };
    const stateOf = async (applicationId: string): Promise<string | undefined> =>
      (await client().send(new GetApplicationCommand({ applicationId }))).application?.state;

    test("an application is created, started, stopped and deleted", async () => {
      const ApplicationId = await create();
      const parameters = { ApplicationId };
      expect(await run("emr-serverless:startApplication.sync", parameters)).toMatchObject({
        ApplicationId,
        State: "STARTED",
      });
      expect(await run("emr-serverless:stopApplication.sync", parameters)).toMatchObject({
        ApplicationId,
        State: "STOPPED",
      });
      expect(await run("emr-serverless:deleteApplication.sync", parameters)).toMatchObject({
        ApplicationId,
        State: "TERMINATED",
      });
    });

    test("without waiting, the application's id is answered", async () => {
      const ApplicationId = await create();
      expect(await run("emr-serverless:startApplication", { ApplicationId })).toEqual({
        ApplicationId,
      });
    });

    test("an application that is being started is stopped if its task is aborted", async () => {
      const ApplicationId = await create();
      await tasks.abort("emr-serverless:startApplication.sync", { ApplicationId });
      expect(await stateOf(ApplicationId)).toBe("STOPPED");
    });

    test("a job run is cancelled if it is aborted, or by its own action", async () => {
      const ApplicationId = await create();
      const parameters = {
        ApplicationId,
        ExecutionRoleArn: role,
        JobDriver: { SparkSubmit: { EntryPoint: "s3://b/job.py" } },
      };
      const { JobRunId } = await tasks.abort("emr-serverless:startJobRun.sync", parameters);
      const jobRunId = JobRunId as string;
      const { jobRun } = await client().send(
        new GetJobRunCommand({ applicationId: ApplicationId, jobRunId }),
      );
      expect(jobRun?.state).toBe("CANCELLED");
      const second = await run("emr-serverless:startJobRun", parameters);
      expect(
        await run("emr-serverless:cancelJobRun.sync", {
          ApplicationId,
          JobRunId: second["JobRunId"] as string,
        }),
      ).toMatchObject({ State: "CANCELLED", JobRunId: second["JobRunId"] });
    });

    test("what EMR Serverless refuses fails the task", async () => {
      const outcome = await tasks.run("emr-serverless:startApplication", { ApplicationId: "none" });
      expect(outcome).toMatchObject({
        type: "failed",
        error: "EmrServerless.ResourceNotFoundException",
        cause: expect.stringContaining("(Service: EmrServerless, Status Code: 400") as string,
      });
    });
  });

  describe("EKS", () => {
    const cluster = {
      Name: "c",
      RoleArn: role,
      ResourcesVpcConfig: { SubnetIds: ["subnet-1", "subnet-2"] },
    };
    const nodegroup = { ClusterName: "c", NodegroupName: "n" };
    const profile = { ClusterName: "c", FargateProfileName: "f" };

    test("a cluster and its parts are created, and deleted until they are gone", async () => {
      expect(await run("eks:createCluster.sync", cluster)).toMatchObject({
        Cluster: { Name: "c", Status: "ACTIVE" },
      });
      const nodes = { ...nodegroup, NodeRole: role, Subnets: ["subnet-1"] };
      expect(await run("eks:createNodegroup.sync", nodes)).toMatchObject({
        Nodegroup: { NodegroupName: "n", Status: "ACTIVE" },
      });
      const pods = { ...profile, PodExecutionRoleArn: role, Selectors: [{ Namespace: "d" }] };
      expect(await run("eks:createFargateProfile.sync", pods)).toMatchObject({
        FargateProfile: { FargateProfileName: "f", Status: "ACTIVE" },
      });
      expect(await run("eks:deleteFargateProfile.sync", profile)).toMatchObject({
        FargateProfile: { FargateProfileName: "f" },
      });
      expect(await run("eks:deleteNodegroup.sync", nodegroup)).toMatchObject({
        Nodegroup: { NodegroupName: "n" },
      });
      expect(await run("eks:deleteCluster.sync", { Name: "c" })).toMatchObject({
        Cluster: { Name: "c" },
      });
    });

    test("a cluster that is being created is deleted if its task is aborted", async () => {
      await tasks.abort("eks:createCluster.sync", cluster);
      const looked = new EKSClient(settings()).send(new DescribeEksCluster({ name: "c" }));
      await expect(looked).rejects.toThrow("No cluster found for name: c.");
    });

    test("what EKS refuses fails the task", async () => {
      expect(await tasks.run("eks:deleteCluster.sync", { Name: "none" })).toMatchObject({
        type: "failed",
        error: "EKS.ResourceNotFoundException",
        cause: expect.stringContaining("(Service: AmazonEKS; Status Code: 404;") as string,
      });
    });
  });

  describe("Athena", () => {
    const query = { QueryString: "SELECT 1", ResultConfiguration: { OutputLocation: "s3://b/o/" } };

    test("a query runs to its end, and what describes it is the result", async () => {
      expect(await run("athena:startQueryExecution.sync", query)).toMatchObject({
        QueryExecution: { Query: "SELECT 1", Status: { State: "SUCCEEDED" } },
      });
    });

    test("a query is described, stopped, and its results are read, by their own actions", async () => {
      const started = await run("athena:startQueryExecution", query);
      const parameters = { QueryExecutionId: started["QueryExecutionId"] as string };
      expect(await run("athena:getQueryExecution", parameters)).toMatchObject({
        QueryExecution: parameters,
      });
      expect(await run("athena:getQueryResults", parameters)).toMatchObject({
        ResultSet: { Rows: [] },
      });
      await run("athena:stopQueryExecution", parameters);
      expect(moto.asked.at(-1)).toBe("AmazonAthena.StopQueryExecution");
    });

    test("a query is stopped if it is aborted", async () => {
      await moto.transition("athena::execution", { progression: "manual", times: 1_000 });
      const { QueryExecutionId } = await tasks.abort("athena:startQueryExecution.sync", query);
      const { QueryExecution } = await new AthenaClient(settings()).send(
        new GetQueryExecutionCommand({ QueryExecutionId: QueryExecutionId as string }),
      );
      expect(QueryExecution?.Status?.State).toBe("CANCELLED");
    });
  });

  describe("Bedrock", () => {
    const customization = {
      JobName: "job",
      CustomModelName: "model",
      RoleArn: role,
      BaseModelIdentifier: "amazon.titan-text-lite-v1",
      TrainingDataConfig: { S3Uri: "s3://training/data.jsonl" },
      OutputDataConfig: { S3Uri: "s3://training/out" },
      HyperParameters: { learning_rate: "0.1" },
    };

    beforeEach(async () => {
      const s3 = new S3Client({ ...settings(), forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: "training" }));
      await s3.send(new PutObjectCommand({ Bucket: "training", Key: "data.jsonl", Body: "{}" }));
    });

    test("a customization is submitted, and what Bedrock refuses fails the task", async () => {
      expect(await run("bedrock:createModelCustomizationJob", customization)).toEqual({
        JobArn: "arn:aws:bedrock:us-east-1:123456789012:model-customization-job/job",
      });
      expect(
        await tasks.run("bedrock:createModelCustomizationJob.sync", customization),
      ).toMatchObject({
        type: "failed",
        error: "Bedrock.ResourceInUseException",
      });
    });

    test("a customization is stopped if it is aborted", async () => {
      await tasks.abort("bedrock:createModelCustomizationJob.sync", customization);
      expect(moto.asked.at(-1)).toBe(
        "POST /model-customization-jobs/arn:aws:bedrock:us-east-1:123456789012:model-customization-job/job/stop",
      );
    });
  });

  test("DynamoDB stores an item, and refuses one for a table that is not there", async () => {
    await new DynamoDBClient(settings()).send(
      new CreateTableCommand({
        TableName: "t",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );
    const Item = { id: { S: "1" }, n: { N: "2" } };
    await run("dynamodb:putItem", { TableName: "t", Item });
    const Key = { id: { S: "1" } };
    expect(await run("dynamodb:getItem", { TableName: "t", Key })).toMatchObject({ Item });
    const set = {
      UpdateExpression: "SET n = :n",
      ExpressionAttributeValues: { ":n": { N: "3" } },
      ReturnValues: "UPDATED_NEW",
    };
    expect(await run("dynamodb:updateItem", { TableName: "t", Key, ...set })).toMatchObject({
      Attributes: { n: { N: "3" } },
    });
    const old = { ReturnValues: "ALL_OLD" };
    expect(await run("dynamodb:deleteItem", { TableName: "t", Key, ...old })).toMatchObject({
      Attributes: { id: { S: "1" } },
    });
    expect(await tasks.run("dynamodb:putItem", { TableName: "none", Item })).toMatchObject({
      type: "failed",
      error: "DynamoDB.ResourceNotFoundException",
    });
  });

  test("SQS, SNS and EventBridge take messages, and SNS refuses one to nobody", async () => {
    const { QueueUrl = "" } = await new SQSClient(settings()).send(
      new CreateQueueCommand({ QueueName: "q" }),
    );
    expect(await run("sqs:sendMessage", { QueueUrl, MessageBody: { a: 1 } })).toMatchObject({
      MessageId: expect.any(String) as string,
    });
    const { TopicArn = "" } = await new SNSClient(settings()).send(
      new CreateTopicCommand({ Name: "t" }),
    );
    expect(await run("sns:publish", { TopicArn, Message: { a: 1 } })).toMatchObject({
      MessageId: expect.any(String) as string,
    });
    const Entries = [{ Source: "s", DetailType: "d", Detail: { a: 1 } }];
    expect(await run("events:putEvents", { Entries })).toMatchObject({ FailedEntryCount: 0 });
    const nobody = { TopicArn: `${TopicArn}-none`, Message: "m" };
    expect(await tasks.run("sns:publish", nobody)).toMatchObject({
      type: "failed",
      error: "SNS.NotFoundException",
    });
  });
});

import { Duration, Size, Stack } from "aws-cdk-lib";
import * as apigateway from "aws-cdk-lib/aws-apigateway";
import * as bedrock from "aws-cdk-lib/aws-bedrock";
import * as codebuild from "aws-cdk-lib/aws-codebuild";
import * as dynamodb from "aws-cdk-lib/aws-dynamodb";
import * as ec2 from "aws-cdk-lib/aws-ec2";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as eks from "aws-cdk-lib/aws-eks";
import * as events from "aws-cdk-lib/aws-events";
import * as iam from "aws-cdk-lib/aws-iam";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";
import * as sns from "aws-cdk-lib/aws-sns";
import * as sqs from "aws-cdk-lib/aws-sqs";
import * as tasks from "aws-cdk-lib/aws-stepfunctions-tasks";

const { fromText, fromObject } = sfn.TaskInput;
const here = (service, resource) => `arn:aws:${service}:us-east-1:000000000000:${resource}`;
const role = (scope, id = "Role") =>
  // One that may be changed would get policies of the stack, and would have to be there.
  iam.Role.fromRoleArn(scope, id, "arn:aws:iam::000000000000:role/job", { mutable: false });
const table = (scope) => dynamodb.Table.fromTableName(scope, "Table", "orders");
const bucket = (scope, id = "Bucket") => s3.Bucket.fromBucketName(scope, id, "data");
const project = (scope) => codebuild.Project.fromProjectName(scope, "Project", "site");
const key = { id: tasks.DynamoAttributeValue.fromString("order-7") };
/** A list with the text: a path may not be in one. */
const listed = (text) => (text.startsWith("{%") ? [text] : sfn.JsonPath.array(text));
const result = { bucketName: "results", objectKey: "queries" };

function network(scope) {
  const vpc = ec2.Vpc.fromVpcAttributes(scope, "Vpc", {
    vpcId: "vpc-1",
    availabilityZones: ["us-east-1a"],
    privateSubnetIds: ["subnet-1"],
  });
  const group = ec2.SecurityGroup.fromSecurityGroupId(scope, "Group", "sg-1");
  return { vpc, group };
}

function container(scope) {
  const { vpc, group } = network(scope);
  const cluster = ecs.Cluster.fromClusterAttributes(scope, "Cluster", { clusterName: "jobs", vpc });
  const taskDefinition = new ecs.FargateTaskDefinition(scope, "Definition");
  const containerDefinition = taskDefinition.addContainer("main", {
    image: ecs.ContainerImage.fromRegistry("busybox"),
  });
  return { cluster, group, taskDefinition, containerDefinition };
}

/**
 * What each class of task is made with: `at(name)` is a member of the input, `token` the text of the task's token where the
 * pattern needs one, both in the query language that the state has.
 */
export const cases = {
  LambdaInvoke: (scope, { at, token }) => ({
    lambdaFunction: new lambda.Function(scope, "Function", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromInline("exports.handler = async ({ name }) => `Hello, ${name}`;"),
    }),
    payload: fromObject({ name: at("name"), ...(token && { token }) }),
  }),
  CallAwsServiceCrossRegion: () => ({
    service: "s3",
    action: "listObjects",
    parameters: { Bucket: "data" },
    region: "eu-central-1",
    iamResources: ["*"],
  }),
  SnsPublish: (scope, { at, token }) => ({
    topic: sns.Topic.fromTopicArn(scope, "Topic", here("sns", "news")),
    message: fromObject({ name: at("name"), ...(token && { token }) }),
    subject: "Greeting",
    messageAttributes: { urgent: { value: "yes" } },
  }),
  SqsSendMessage: (scope, { at, token }) => ({
    queue: sqs.Queue.fromQueueArn(scope, "Queue", here("sqs", "work")),
    messageBody: fromObject({ name: at("name"), ...(token && { token }) }),
    delay: Duration.seconds(3),
  }),
  EcsRunTask: (scope, { at, token }) => {
    const { cluster, group, taskDefinition, containerDefinition } = container(scope);
    const environment = [{ name: "NAME", value: token ?? at("name") }];
    return {
      cluster,
      taskDefinition,
      securityGroups: [group],
      launchTarget: new tasks.EcsFargateLaunchTarget(),
      containerOverrides: [{ containerDefinition, environment }],
    };
  },
  SageMakerCreateTrainingJob: (scope, { at }) => ({
    trainingJobName: at("name"),
    role: role(scope),
    algorithmSpecification: { algorithmName: "sorting", trainingInputMode: tasks.InputMode.FILE },
    inputDataConfig: [
      {
        channelName: "train",
        dataSource: {
          s3DataSource: {
            s3DataType: tasks.S3DataType.S3_PREFIX,
            s3Location: tasks.S3Location.fromBucket(bucket(scope), "train"),
          },
        },
      },
    ],
    outputDataConfig: {
      s3OutputLocation: tasks.S3Location.fromBucket(bucket(scope, "Out"), "out"),
    },
    hyperparameters: { depth: "3" },
  }),
  SageMakerCreateTransformJob: (scope, { at }) => ({
    transformJobName: at("name"),
    modelName: "sorting",
    role: role(scope),
    batchStrategy: tasks.BatchStrategy.MULTI_RECORD,
    maxPayload: Size.mebibytes(2),
    transformInput: {
      transformDataSource: {
        s3DataSource: { s3Uri: "s3://data/in", s3DataType: tasks.S3DataType.S3_PREFIX },
      },
    },
    transformOutput: { s3OutputPath: "s3://data/out" },
  }),
  SageMakerCreateEndpoint: (_, { at }) => ({
    endpointName: at("name"),
    endpointConfigName: "small",
  }),
  SageMakerCreateEndpointConfig: (_, { at }) => ({
    endpointConfigName: at("name"),
    productionVariants: [
      {
        modelName: "sorting",
        variantName: "all",
        initialInstanceCount: 1,
        instanceType: ec2.InstanceType.of(ec2.InstanceClass.M5, ec2.InstanceSize.LARGE),
      },
    ],
  }),
  SageMakerCreateModel: (scope, { at }) => ({
    modelName: at("name"),
    role: role(scope),
    primaryContainer: new tasks.ContainerDefinition({
      image: tasks.DockerImage.fromRegistry("sorting:1"),
      mode: tasks.Mode.SINGLE_MODEL,
      modelS3Location: tasks.S3Location.fromBucket(bucket(scope), "model.tar.gz"),
    }),
  }),
  SageMakerUpdateEndpoint: (_, { at }) => ({
    endpointName: at("name"),
    endpointConfigName: "large",
  }),
  StepFunctionsStartExecution: (scope, { at, token }) => ({
    stateMachine: new sfn.StateMachine(scope, "Child", {
      definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(scope, "Answer")),
    }),
    input: fromObject({ name: at("name"), ...(token && { token }) }),
  }),
  StepFunctionsInvokeActivity: (scope, { at }) => ({
    activity: new sfn.Activity(scope, "Activity"),
    parameters: { name: at("name") },
    heartbeatTimeout: sfn.Timeout.duration(Duration.minutes(1)),
  }),
  EvaluateExpression: () => ({ expression: "`Hello, ${$.name}`" }),
  EmrCreateCluster: (scope, { at }) => ({
    name: at("name"),
    instances: { instanceFleets: [{ instanceFleetType: "MASTER", targetOnDemandCapacity: 1 }] },
    clusterRole: role(scope),
    serviceRole: role(scope, "Service"),
    releaseLabel: "emr-7.0.0",
  }),
  EmrSetClusterTerminationProtection: (_, { at }) => ({
    clusterId: at("name"),
    terminationProtected: true,
  }),
  EmrTerminateCluster: (_, { at }) => ({ clusterId: at("name") }),
  EmrAddStep: (_, { at }) => ({
    clusterId: at("name"),
    name: "Sort",
    jar: "sort.jar",
    args: ["--fast"],
    actionOnFailure: tasks.ActionOnFailure.CONTINUE,
  }),
  EmrCancelStep: (_, { at }) => ({ clusterId: at("name"), stepId: "s-7" }),
  EmrModifyInstanceFleetByName: (_, { at }) => ({
    clusterId: at("name"),
    instanceFleetName: "core",
    targetOnDemandCapacity: 3,
    targetSpotCapacity: 4,
  }),
  EmrModifyInstanceGroupByName: (_, { at }) => ({
    clusterId: at("name"),
    instanceGroupName: "core",
    instanceGroup: { instanceCount: 3 },
  }),
  EmrContainersCreateVirtualCluster: () => ({
    eksCluster: tasks.EksClusterInput.fromTaskInput(fromText("jobs")),
    eksNamespace: "spark",
    virtualClusterName: "spark-on-jobs",
  }),
  EmrContainersDeleteVirtualCluster: () => ({ virtualClusterId: fromText("vc-7") }),
  EmrContainersStartJobRun: (scope, { at }) => ({
    virtualCluster: tasks.VirtualClusterInput.fromVirtualClusterId("vc-7"),
    jobName: at("name"),
    executionRole: role(scope),
    releaseLabel: tasks.ReleaseLabel.EMR_6_3_0,
    jobDriver: {
      sparkSubmitJobDriver: {
        entryPoint: fromText("local:///sort.py"),
        sparkSubmitParameters: "--conf spark.executor.instances=2",
      },
    },
  }),
  GlueStartJobRun: (_, { at }) => ({
    glueJobName: "sort",
    arguments: fromObject({ "--name": at("name") }),
    timeout: Duration.minutes(5),
  }),
  GlueStartCrawlerRun: () => ({ crawlerName: "orders" }),
  BatchSubmitJob: (_, { at }) => ({
    jobName: at("name"),
    jobDefinitionArn: here("batch", "job-definition/sort:1"),
    jobQueueArn: here("batch", "job-queue/fast"),
    containerOverrides: { command: ["sort", "--fast"], environment: { MODE: "all" } },
    attempts: 2,
  }),
  DynamoGetItem: (scope) => ({ table: table(scope), key, consistentRead: true }),
  DynamoPutItem: (scope, { at }) => ({
    table: table(scope),
    item: { ...key, name: tasks.DynamoAttributeValue.fromString(at("name")) },
  }),
  DynamoUpdateItem: (scope) => ({
    table: table(scope),
    key,
    updateExpression: "SET amount = :more",
    expressionAttributeValues: { ":more": tasks.DynamoAttributeValue.fromNumber(7) },
  }),
  DynamoDeleteItem: (scope) => ({ table: table(scope), key }),
  CodeBuildStartBuild: (scope, { at }) => ({
    project: project(scope),
    environmentVariablesOverride: { NAME: { value: at("name") } },
  }),
  CodeBuildStartBuildBatch: (scope, { at }) => ({
    project: project(scope),
    environmentVariablesOverride: { NAME: { value: at("name") } },
  }),
  AthenaStartQueryExecution: (_, { at }) => ({
    queryString: at("name"),
    queryExecutionContext: { databaseName: "orders" },
    resultConfiguration: { outputLocation: result },
  }),
  AthenaStopQueryExecution: (_, { at }) => ({ queryExecutionId: at("name") }),
  AthenaGetQueryExecution: (_, { at }) => ({ queryExecutionId: at("name") }),
  AthenaGetQueryResults: (_, { at }) => ({ queryExecutionId: at("name"), maxResults: 5 }),
  GlueDataBrewStartJobRun: (_, { at }) => ({ name: at("name") }),
  EksCall: (scope) => ({
    cluster: eks.Cluster.fromClusterAttributes(scope, "Eks", {
      clusterName: "jobs",
      clusterEndpoint: process.env.CASES_CLUSTER,
      clusterCertificateAuthorityData: process.env.CASES_AUTHORITY,
    }),
    httpMethod: tasks.HttpMethods.GET,
    httpPath: "/api/v1/namespaces/default/pods",
    queryParameters: { labelSelector: ["app=orders"] },
  }),
  CallApiGatewayRestApiEndpoint: (scope, { token }) => ({
    api: apigateway.RestApi.fromRestApiAttributes(scope, "Api", {
      restApiId: "restapi",
      rootResourceId: "root",
    }),
    stageName: "prod",
    method: tasks.HttpMethod.POST,
    apiPath: "/orders",
    requestBody: fromObject({ amount: 7 }),
    ...(token && { headers: fromObject({ TaskToken: listed(token) }) }),
  }),
  CallApiGatewayHttpApiEndpoint: (scope, { token }) => ({
    apiId: "httpapi",
    apiStack: Stack.of(scope),
    method: tasks.HttpMethod.POST,
    apiPath: "/orders",
    requestBody: fromObject({ amount: 7 }),
    ...(token && { headers: fromObject({ TaskToken: listed(token) }) }),
  }),
  EventBridgePutEvents: (scope, { at, token }) => ({
    entries: [
      {
        source: "orders",
        detailType: "Order placed",
        detail: fromObject({ name: at("name"), ...(token && { token }) }),
        eventBus: events.EventBus.fromEventBusName(scope, "Bus", "default"),
      },
    ],
  }),
  EventBridgeSchedulerCreateScheduleTask: (scope, { at }) => ({
    scheduleName: at("name"),
    schedule: tasks.Schedule.rate(Duration.hours(1)),
    timeZone: "Europe/Berlin",
    target: new tasks.EventBridgeSchedulerTarget({
      arn: here("sqs", "work"),
      role: role(scope),
      retryPolicy: { maximumRetryAttempts: 2, maximumEventAge: Duration.minutes(5) },
    }),
  }),
  CallAwsService: (_, { at }) => ({
    service: "ecs",
    action: "describeTasks",
    parameters: { Cluster: at("name"), Tasks: ["t-7"] },
    iamResources: ["*"],
  }),
  BedrockInvokeModel: (scope, { at }) => ({
    model: bedrock.FoundationModel.fromFoundationModelId(
      scope,
      "Model",
      bedrock.FoundationModelIdentifier.ANTHROPIC_CLAUDE_V2,
    ),
    body: fromObject({ prompt: at("name") }),
  }),
  BedrockCreateModelCustomizationJob: (scope, { at }) => ({
    baseModel: bedrock.FoundationModel.fromFoundationModelId(
      scope,
      "Base",
      bedrock.FoundationModelIdentifier.AMAZON_TITAN_TEXT_EXPRESS_V1_0_8K,
    ),
    customModelName: "ours",
    customizationType: tasks.CustomizationType.FINE_TUNING,
    jobName: at("name"),
    role: role(scope),
    trainingData: { bucket: bucket(scope), path: "train.jsonl" },
    outputData: { bucket: bucket(scope, "Out"), path: "out" },
    validationData: [{ bucket: bucket(scope, "Valid"), path: "valid.jsonl" }],
    hyperParameters: { epochCount: "2" },
  }),
  HttpInvoke: (scope, { at }) => ({
    apiRoot: process.env.CASES_API,
    apiEndpoint: fromText("orders"),
    connection: new events.Connection(scope, "Connection", {
      authorization: events.Authorization.apiKey("x-key", {
        unsafeUnwrap: () => "secret",
        resolve: () => "secret",
      }),
    }),
    method: fromText("POST"),
    body: fromObject({ name: at("name") }),
    urlEncodingFormat: tasks.URLEncodingFormat.NONE,
  }),
  MediaConvertCreateJob: (_, { at }) => ({
    createJobRequest: {
      Role: "arn:aws:iam::000000000000:role/job",
      Settings: { Inputs: [{ FileInput: at("name") }] },
    },
  }),
};

import { type AwsClient, createAwsConnections } from "../../integrations/aws/aws-connections.ts";
import { descriptions } from "../../integrations/descriptions/descriptions.ts";
import type { CallTarget } from "../view-types.ts";

/** A service that something here can call, and the package of its client. */
interface Callee {
  readonly name: string;
  readonly service: string;
  readonly packageName: string;
  readonly usedFor: CallTarget["usedFor"];
  /** What answers where neither AWS nor a stand-in does. */
  readonly otherwise: CallTarget["otherwise"];
}

const others: readonly Callee[] = [
  callee("Lambda", "lambda", "task", "local functions"),
  callee("S3", "s3", "map data", "local folder"),
  callee("CloudWatch Logs", "cloudwatch-logs", "logs", "nothing"),
];

const names: Readonly<Record<string, string>> = {
  athena: "Athena",
  batch: "Batch",
  bedrock: "Bedrock",
  codebuild: "CodeBuild",
  databrew: "Glue DataBrew",
  dynamodb: "DynamoDB",
  ecs: "ECS",
  eks: "EKS",
  elasticmapreduce: "EMR",
  "emr-containers": "EMR on EKS",
  "emr-serverless": "EMR Serverless",
  events: "EventBridge",
  glue: "Glue",
  mediaconvert: "MediaConvert",
  sagemaker: "SageMaker",
  sns: "SNS",
  sqs: "SQS",
};

function callee(
  name: string,
  client: string,
  usedFor: CallTarget["usedFor"],
  otherwise: CallTarget["otherwise"],
): Callee {
  return { name, service: client, packageName: `@aws-sdk/client-${client}`, usedFor, otherwise };
}

function callees(): readonly Callee[] {
  const described = descriptions.flatMap(({ service, calls }) =>
    calls === "this engine"
      ? []
      : [callee(names[service] ?? service, calls.client, "task", "failure")],
  );
  return [...others, ...described].sort((a, b) => a.name.localeCompare(b.name));
}

/** Our choice: how long an answer is believed; finding credentials can take seconds. */
const believedMs = 60_000;

/**
 * Says for each service that tasks, Map Runs and logs call here who answers: as `createAwsConnections` decides it for
 * the calls themselves, by clients of its own that are closed again.
 */
export function whereCallsGo(region: string): () => Promise<readonly CallTarget[]> {
  let known: Promise<readonly CallTarget[]> | undefined;
  return () => {
    if (known === undefined) {
      known = targetsOf(callees(), region);
      setTimeout(() => (known = undefined), believedMs).unref();
    }
    return known;
  };
}

/** One after the other: an import holds the thread, and in between somebody else gets it. */
async function targetsOf(
  callees: readonly Callee[],
  region: string,
): Promise<readonly CallTarget[]> {
  const targets: CallTarget[] = [];
  for (const each of callees) targets.push(await targetOf(each, region));
  return targets;
}

async function targetOf(
  { name, service, packageName, usedFor, otherwise }: Callee,
  region: string,
): Promise<CallTarget> {
  const target = { name, service, usedFor, otherwise };
  const Client = await clientClass(packageName);
  if (Client === undefined) return { ...target, to: "notInstalled", because: packageName };
  const connections = createAwsConnections<AwsClient>({
    logger: silent,
    create: (key, settings) => new Client({ region: key, logger: silent, ...settings }),
  });
  try {
    const connection = await connections.to(region);
    return {
      ...target,
      to: connection.type === "nowhere" ? "nowhere" : connection.to,
      because: connection.because,
    };
  } finally {
    connections.close();
  }
}

/** What the clients themselves would log has been logged where they are used. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

type ClientClass = new (configuration: object) => AwsClient;

async function clientClass(packageName: string): Promise<ClientClass | undefined> {
  const module = await import(packageName).catch(() => undefined);
  const found = Object.entries((module ?? {}) as { readonly [name: string]: unknown }).find(
    ([name]) => name.endsWith("Client") && name !== "__Client",
  );
  return found?.[1] as ClientClass | undefined;
}

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateEventBusCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isJsonArray, isJsonObject, type JsonValue, ownMember } from "../../src/expression/json.ts";
import { createTaskHandlers } from "../../src/integrations/task-handlers.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { ownData } from "../samples/own-data.ts";
import { type End, runSample } from "../samples/run-sample.ts";
import { sampleDefinition } from "../samples/sample-definition.ts";
import { stubAwsEnvironment } from "./aws-tasks.ts";
import { motoProgram, type MotoServer, startMoto } from "./moto-server.ts";

const program = motoProgram();
const folder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));
const names = existsSync(folder) ? readdirSync(folder) : [];
const accountId = "123456789012";
const region = "us-east-1";

/** Services whose tasks are performed; functions and children are mocked. What they name is made beforehand. */
const served = /^arn:aws:states:::(?:aws-sdk:)?(?:dynamodb|sqs|sns|events|eventbridge|s3):/;

/** What stands in the way of a sample, where it is nothing of ours. */
const needs: { readonly [sample: string]: string } = {
  "app-control-concurrency-with-dynamodb-tf__dynamodb-semaphore-cleanfromincomplete.asl.json":
    "an item that is there already",
  "app-control-concurrency-with-dynamodb-tf__dynamodb-semaphore.asl.json":
    "attributes whose names have colons, at which moto breaks",
  "data-processing__cdk__statemachine.asl.json": "an object that is there already",
  "data-processing__sam__statemachine.asl.json": "an object that is there already",
  "distributed-batch-import__state-machine__create-organization.asl.yaml":
    "a table that it names as a member",
  "distributed-data-stream-aggregator__data-extraction-child.asl.json":
    "a bucket that an expression names",
  "parallelized-embedding-pipeline__statemachine.json": "an object that is there already",
  "textract-analyze-expense-tf__statemachine.asl.json": "a receipt that Rekognition knows for one",
  "transfer-data-records__statemachine.asl.json": "items that are there already",
  "tts-converter-cdk__typescript__statemachine.asl.json": "an object that is there already",
  "tts-converter__statemachine.asl.json": "an object that is there already",
  "word-filtering-script-generator-cdk__python__statemachine.asl.json": "a bucket of Transcribe's",
  "word-filtering-script-generator-cdk__typescript__statemachine.asl.json":
    "a bucket of Transcribe's",
};

interface Task {
  readonly state: string;
  readonly resource: string;
  readonly parameters: JsonValue;
}

function tasksIn(value: JsonValue): readonly Task[] {
  if (isJsonArray(value)) return value.flatMap(tasksIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([state, member]) => {
    const resource = isJsonObject(member) ? ownMember(member, "Resource") : undefined;
    const isTask = isJsonObject(member) && ownMember(member, "Type") === "Task";
    const parameters = isTask
      ? (ownMember(member, "Parameters") ?? ownMember(member, "Arguments") ?? {})
      : {};
    const own = isTask && typeof resource === "string" ? [{ state, resource, parameters }] : [];
    return [...own, ...tasksIn(member)];
  });
}

/** Every text member of a name, at any depth. */
function textsAt(name: string, value: JsonValue): readonly string[] {
  if (isJsonArray(value)) return value.flatMap((item) => textsAt(name, item));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === name && typeof member === "string" ? [member] : textsAt(name, member),
  );
}

/** The names of topics and queues become what names them at AWS. */
function atMoto(value: JsonValue, url: string, key = ""): JsonValue {
  if (isJsonArray(value)) return value.map((item) => atMoto(item, url, key));
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, atMoto(member, url, name)]),
    );
  }
  if (typeof value !== "string") return value;
  const last = value.split(/[:/]/).at(-1) as string;
  if (key === "TopicArn") return `arn:aws:sns:${region}:${accountId}:${last}`;
  return key === "QueueUrl" ? `${url}/${accountId}/${last}` : value;
}

describe.skipIf(program === undefined || names.length === 0)("samples at moto's server", () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto(program as string);
    stubAwsEnvironment(moto.url);
  }, 90_000);
  afterAll(() => {
    vi.unstubAllEnvs();
    return moto.stop();
  });

  async function makeWhatIsNamed(definition: JsonValue, tasks: readonly Task[]): Promise<void> {
    const settings = {
      region,
      endpoint: moto.url,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    };
    const [dynamodb, s3, sns, sqs, events] = [
      new DynamoDBClient(settings),
      new S3Client({ ...settings, forcePathStyle: true }),
      new SNSClient(settings),
      new SQSClient(settings),
      new EventBridgeClient(settings),
    ];
    const all = (name: string): ReadonlySet<string> =>
      new Set(tasks.flatMap(({ parameters }) => textsAt(name, parameters)));
    for (const TableName of all("TableName")) {
      const members = tasks
        .map(({ parameters }) => parameters)
        .filter(isJsonObject)
        .filter((parameters) => ownMember(parameters, "TableName") === TableName);
      const [key] = ["Key", "Item"]
        .flatMap((name) => members.map((one) => ownMember(one, name)))
        .filter((one) => one !== undefined)
        .filter(isJsonObject)
        .flatMap((one) => Object.keys(one));
      const AttributeName = key ?? "id";
      await dynamodb.send(
        new CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          AttributeDefinitions: [{ AttributeName, AttributeType: "S" }],
          KeySchema: [{ AttributeName, KeyType: "HASH" }],
        }),
      );
    }
    const buckets = new Set([...textsAt("Bucket", definition), "text", "bucket"]);
    for (const Bucket of [...buckets].map((one) => one.toLowerCase())) {
      await s3.send(new CreateBucketCommand({ Bucket }));
    }
    for (const arn of all("TopicArn")) {
      await sns.send(new CreateTopicCommand({ Name: arn.split(":").at(-1) }));
    }
    for (const url of all("QueueUrl")) {
      await sqs.send(new CreateQueueCommand({ QueueName: url.split("/").at(-1) }));
    }
    for (const Name of all("EventBusName")) {
      if (Name !== "default") await events.send(new CreateEventBusCommand({ Name }));
    }
    for (const client of [dynamodb, s3, sns, sqs, events]) client.destroy();
  }

  const servedNames = names.filter((name) => {
    try {
      if (Object.hasOwn(needs, name)) return false;
      return tasksIn(sampleDefinition(join(folder, name))).some(({ resource }) =>
        served.test(resource),
      );
    } catch {
      return false;
    }
  });

  test.each(servedNames)("%s", async (name) => {
    await moto.reset();
    const definition = atMoto(sampleDefinition(join(folder, name)), moto.url);
    const real = tasksIn(definition).filter(({ resource }) => served.test(resource));
    await makeWhatIsNamed(definition, real);
    const handlers = createTaskHandlers({
      clock: systemClock,
      ids: systemIds,
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      stepFunctions: { call: () => Promise.reject(new Error("no call was expected")) },
      region,
      accountId,
    });
    const ends: End[] = [];
    try {
      for (let seed = 0; seed < 12; seed++) {
        const before = moto.asked.length;
        const states = new Set(real.map(({ state }) => state));
        const end = await runSample(definition, seed, ownData[name], { states, handlers });
        ends.push(end);
        if (end.how === "succeeded" && moto.asked.length > before) break;
      }
    } finally {
      handlers.close();
    }
    expect(
      ends.map(({ how }) => how),
      ends.map(({ because }) => because).join("\n"),
    ).toContain("succeeded");
  });
});

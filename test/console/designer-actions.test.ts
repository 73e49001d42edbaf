import { describe, expect, test } from "vitest";
import { ActionDesk } from "../../src/console/designer/actions/action-desk.ts";
import type { DesignerSettings } from "../../src/console/designer/designer-settings.ts";
import { optimizedIntegrations } from "../../src/asl/resources/optimized-integrations.ts";
import { parseResource } from "../../src/asl/resources/parse-resource.ts";
import { createClientModules } from "../../src/integrations/aws/client-modules.ts";
import type { Answering } from "../../src/integrations/doctor/who-answers.ts";
import type { ActionMember, ActionService } from "../../src/console/view-types.ts";

const request = {} as Parameters<ActionDesk["catalogue"]>[0];

interface Given {
  readonly settings?: DesignerSettings;
  readonly whoAnswers?: (client: string) => Promise<Answering>;
}

function opened({ settings = {}, whoAnswers }: Given = {}) {
  const permissions: string[] = [];
  const clients: string[] = [];
  let now = 0;
  const late: (() => void)[] = [];
  const modules = createClientModules();
  const desk = new ActionDesk({
    access: {
      may(action, resource) {
        permissions.push(`${action} ${resource}`);
        return Promise.resolve();
      },
      isAllowed: () => Promise.resolve(true),
    },
    scope: { partition: "aws", region: "eu-west-1", accountId: "123456789012" },
    clock: {
      now: () => now,
      schedule(_, wake) {
        late.push(wake);
        return () => {};
      },
    },
    store: {} as never,
    settings,
    memory: undefined,
    modules,
    installed: () => new Set(["sqs", "s3"]),
    whoAnswers: () => (client) => {
      clients.push(client);
      return whoAnswers?.(client) ?? Promise.resolve({ to: "AWS", because: "credentials" });
    },
  });
  return {
    desk,
    permissions,
    clients,
    /** The time for an answer is over. */
    giveUp: () => late.splice(0).forEach((wake) => wake()),
    later: (ms: number) => (now += ms),
  };
}

const serviceOf = (services: readonly ActionService[], name: string): ActionService => {
  const found = services.find(({ service }) => service === name);
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};

describe("the catalogue", () => {
  test("has every action that a definition can name, with resources that the parser takes", async () => {
    const { services } = await opened().desk.catalogue(request);
    const listed = services.flatMap(({ actions }) => actions.map(({ id }) => id));
    const known = Object.entries(optimizedIntegrations).flatMap(([service, actions]) =>
      Object.keys(actions).map((action) => `${service}:${action}`),
    );
    expect(listed.toSorted()).toEqual([...known, "lambda:function", "states:activity"].toSorted());
    for (const { actions } of services) {
      for (const { resources } of actions) {
        for (const [pattern, arn] of Object.entries(resources)) {
          expect(parseResource(arn).resource).toMatchObject({ kind: "service", pattern });
        }
      }
    }
  });

  test("says what an action takes, what it cannot do without first, and what is picked", async () => {
    const { services } = await opened().desk.catalogue(request);
    const [sendMessage] = serviceOf(services, "sqs").actions;
    expect(sendMessage).toMatchObject({
      id: "sqs:sendMessage",
      apiName: "SendMessage",
      resources: {
        requestResponse: "arn:aws:states:::sqs:sendMessage",
        waitForTaskToken: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      },
    });
    expect(sendMessage?.members?.slice(0, 3)).toEqual([
      { name: "QueueUrl", type: "text", isRequired: true, picks: "queue" },
      { name: "MessageBody", type: "json", isRequired: true },
      { name: "DelaySeconds", type: "number", isRequired: false },
    ]);
    expect(serviceOf(services, "elasticmapreduce").actions).toContainEqual(
      expect.objectContaining({ id: "elasticmapreduce:createCluster", apiName: "RunJobFlow" }),
    );
    expect(serviceOf(services, "lambda").actions[0]).toMatchObject({
      picks: "function",
      resources: {},
    });
    expect(serviceOf(services, "http").actions[0]?.atLeastOne).toEqual([
      "InvocationConfig",
      "Authentication",
    ]);
  });

  test("stays small enough to be read at once", async () => {
    const told = await opened().desk.catalogue(request);
    expect(JSON.stringify(told).length).toBeLessThan(60_000);
  });

  test("says of Stepwell's own actions what of the configuration is missing", async () => {
    const settings = { databases: { orders: "sqlite:x" }, commands: {} };
    const { services } = await opened({ settings }).desk.catalogue(request);
    const own = serviceOf(services, "stepwell");
    const availability = Object.fromEntries(
      own.actions.map((action) => [action.id, action.availability ?? own.availability]),
    );
    expect(availability).toEqual({
      "stepwell:run": { to: "nowhere", missing: "commands" },
      "stepwell:mail": { to: "nowhere", missing: "mail" },
      "stepwell:webhook": { to: "here" },
      "stepwell:sql": { to: "here" },
    });
  });

  test("says what stands in for a service, and that functions are here", async () => {
    const settings = {
      standIns: { "sqs:sendMessage": { result: {} } },
      functions: { charge: { command: "true" } },
    };
    const whoAnswers = () => Promise.resolve({ to: "nowhere", because: "no credentials" } as const);
    const { services } = await opened({ settings, whoAnswers }).desk.catalogue(request);
    expect(serviceOf(services, "sqs").availability.to).toBe("standIn");
    expect(serviceOf(services, "sns").availability).toEqual({
      to: "nowhere",
      because: "no credentials",
    });
    expect(serviceOf(services, "lambda").availability).toEqual({ to: "here" });
    expect(serviceOf(services, "states").availability).toEqual({ to: "here" });
    const eks = serviceOf(services, "eks");
    expect(eks.availability.to).toBe("nowhere");
    expect(eks.actions.find(({ id }) => id === "eks:call")?.availability).toEqual({ to: "here" });
  });

  test("waits for nobody who looks for credentials, and has what was found the next time", async () => {
    let find = (): void => {};
    const credentials = new Promise<Answering>((resolve) => {
      find = () => resolve({ to: "AWS", because: "a role" });
    });
    const { desk, giveUp } = opened({ whoAnswers: () => credentials });
    const first = desk.catalogue(request);
    await Promise.resolve();
    giveUp();
    expect(serviceOf((await first).services, "sqs").availability).toEqual({ to: "unknown" });
    find();
    const { services } = await desk.catalogue(request);
    expect(serviceOf(services, "sqs").availability).toEqual({ to: "AWS", because: "a role" });
  });

  test("asks for the same client once a minute", async () => {
    const { desk, clients, later } = opened();
    await desk.action("sqs:sendMessage", request);
    await desk.action("sqs:sendMessage", request);
    expect(clients).toEqual(["sqs"]);
    later(60_000);
    await desk.action("sqs:sendMessage", request);
    expect(clients).toEqual(["sqs", "sqs"]);
  });
});

describe("an action", () => {
  const find = (members: readonly ActionMember[] | undefined, name: string) =>
    members?.find((member) => member.name === name);

  test("of an optimized integration has the members of its members from the client", async () => {
    const { members, source } = await opened().desk.action("dynamodb:putItem", request);
    expect(source).toBe("client");
    expect(find(members, "TableName")).toMatchObject({ isRequired: true, picks: "table" });
    const item = find(members, "Item");
    expect(find(item?.item?.members, "S")).toEqual({ name: "S", type: "text", isRequired: false });
  });

  test("of an SDK integration has the names that tasks know its members by", async () => {
    const { id, apiName, resources, members, source, availability } = await opened().desk.action(
      "aws-sdk:s3:putObject",
      request,
    );
    expect({ id, apiName, source, availability }).toEqual({
      id: "aws-sdk:s3:putObject",
      apiName: "PutObject",
      source: "client",
      availability: { to: "AWS", because: "credentials" },
    });
    expect(resources).toEqual({
      requestResponse: "arn:aws:states:::aws-sdk:s3:putObject",
      waitForTaskToken: "arn:aws:states:::aws-sdk:s3:putObject.waitForTaskToken",
    });
    const required = members?.filter(({ isRequired }) => isRequired).map(({ name }) => name);
    expect(required).toEqual(["Bucket", "Key"]);
    expect(find(members, "Bucket")?.picks).toBe("bucket");
    expect(members?.map(({ name }) => name)).toContain("SsekmsKeyId");
  });

  test("that contains itself is told as deep as it is useful", async () => {
    const view = await opened().desk.action("aws-sdk:dynamodb:putItem", request);
    expect(JSON.stringify(view).length).toBeLessThan(60_000);
  });

  test("of this engine's own API needs no client", async () => {
    const view = await opened().desk.action("aws-sdk:sfn:startExecution", request);
    expect(view).toMatchObject({ source: "client", availability: { to: "here" } });
    const create = await opened().desk.action("aws-sdk:sfn:createStateMachine", request);
    expect(create.members).toContainEqual(
      expect.objectContaining({ name: "Type", options: ["STANDARD", "EXPRESS"] }),
    );
    expect(find(view.members, "StateMachineArn")).toMatchObject({
      isRequired: true,
      picks: "stateMachine",
    });
  });

  test("of a client that is not installed says how much is known", async () => {
    const notInstalled = { to: "notInstalled", because: "@aws-sdk/client-kms" } as const;
    const { desk } = opened({ whoAnswers: () => Promise.resolve(notInstalled) });
    expect(await desk.sdkService("kms", request)).toMatchObject({
      service: "kms",
      title: "Kms",
      packageName: "@aws-sdk/client-kms",
      isInstalled: false,
      source: "model",
      availability: notInstalled,
      actions: expect.arrayContaining(["encrypt", "decrypt"]),
    });
    const encrypt = await desk.action("aws-sdk:kms:encrypt", request);
    expect(encrypt).toMatchObject({ source: "model", apiName: "Encrypt" });
    expect(find(encrypt.members, "KeyId")).toMatchObject({ type: "text", isRequired: true });
    expect(find(encrypt.members, "EncryptionAlgorithm")?.options).toContain("RSAES_OAEP_SHA_256");
    const run = await desk.action("aws-sdk:ec2:runInstances", request);
    expect(run.members?.slice(0, 2).map(({ name }) => name)).toEqual(["MaxCount", "MinCount"]);
    // Nobody knows a service that is no more.
    expect(await desk.sdkService("worklink", request)).toMatchObject({
      source: "none",
      actions: [],
    });
    expect(await desk.action("aws-sdk:worklink:listFleets", request)).not.toHaveProperty("members");
  });

  test("has the values of enumerations, which clients do not know, at any depth", async () => {
    const { desk } = opened();
    const create = await desk.action("aws-sdk:s3:createBucket", request);
    expect(create.source).toBe("client");
    expect(find(create.members, "Acl")?.options).toEqual([
      "private",
      "public-read",
      "public-read-write",
      "authenticated-read",
    ]);
    const configuration = find(create.members, "CreateBucketConfiguration");
    const location = find(configuration?.members, "LocationConstraint");
    expect(location?.options).toContain("eu-west-1");
    // An optimized integration's own description says nothing of values.
    const put = await desk.action("dynamodb:putItem", request);
    expect(find(put.members, "ReturnValues")?.options).toContain("ALL_OLD");
  });

  test.each([
    "sqs:deleteQueue",
    "aws-sdk:s3:noSuchThing",
    "aws-sdk:s3:selectObjectContent",
    "aws-sdk:sts:assumeRole",
    "aws-sdk:nothing:invoke",
    "aws-sdk:../x:y",
    "__proto__",
  ])("'%s' is none", async (id) => {
    await expect(opened().desk.action(id, request)).rejects.toMatchObject({
      code: "ValidationException",
    });
  });
});

describe("the services of the AWS SDK", () => {
  test("are all listed, with those that are installed marked", async () => {
    const { services } = await opened().desk.sdkServices(request);
    const installed = services.filter(({ isInstalled }) => isInstalled);
    expect(installed.map(({ service }) => service)).toEqual(["s3", "sfn", "sqs"]);
    expect(services).toContainEqual({
      service: "rdsdata",
      title: "Rds Data",
      packageName: "@aws-sdk/client-rds-data",
      isInstalled: false,
    });
    expect(services.find(({ service }) => service === "dynamodb")?.title).toBe("DynamoDB");
    expect(new Set(services.map(({ service }) => service)).size).toBe(services.length);
    expect(JSON.stringify(services).length).toBeLessThan(60_000);
  });

  test("have operations as ARNs spell them, without those that SDK integrations lack", async () => {
    const { actions, source } = await opened().desk.sdkService("s3", request);
    expect(source).toBe("client");
    expect(actions).toContain("listObjectsV2");
    expect(actions).not.toContain("selectObjectContent");
    for (const action of actions) {
      const arn = `arn:aws:states:::aws-sdk:s3:${action}`;
      expect(parseResource(arn).resource).toBeDefined();
    }
  });

  test("are shown to whoever may list state machines", async () => {
    const { desk, permissions } = opened();
    await desk.catalogue(request);
    await desk.sdkServices(request);
    await desk.sdkService("sqs", request);
    await desk.action("sqs:sendMessage", request);
    expect(permissions).toEqual(Array(4).fill("states:ListStateMachines *"));
  });
});

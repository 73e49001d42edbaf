import {
  CreateStateMachineAliasCommand,
  CreateStateMachineCommand,
  DeleteStateMachineAliasCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineAliasCommand,
  DescribeStateMachineCommand,
  ListExecutionsCommand,
  ListStateMachineAliasesCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
  type StateMachineType,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { awsLimits } from "../../src/machine/limits.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "./start-server.ts";

/** What the next draws of randomness give; when there are none left, the system's. */
const seeds: number[] = [];

let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    ids: { uuid: () => systemIds.uuid(), seed: () => seeds.shift() ?? systemIds.seed() },
    limits: { ...awsLimits, aliases: 5 },
  });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const answers = (text: string) =>
  JSON.stringify({ StartAt: "P", States: { P: { Type: "Pass", Result: text, End: true } } });
const arnOf = (name: string) => `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
const version = (machine: string, number: number, weight = 100) => ({
  stateMachineVersionArn: `${arnOf(machine)}:${number}`,
  weight,
});
type Route = ReturnType<typeof version>;

/** A state machine whose versions 1 and 2 answer "one" and "two", and which itself answers "now". */
async function twoVersions(name: string, type: StateMachineType = "STANDARD"): Promise<void> {
  const { client } = server;
  const stateMachineArn = arnOf(name);
  const create = { name, type, roleArn, definition: answers("one"), publish: true };
  await client.send(new CreateStateMachineCommand(create));
  const second = { stateMachineArn, definition: answers("two"), publish: true };
  await client.send(new UpdateStateMachineCommand(second));
  await client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: answers("now") }));
}

const create = (name: string, routingConfiguration: Route[], description?: string) =>
  server.client.send(
    new CreateStateMachineAliasCommand({
      name,
      routingConfiguration,
      ...(description !== undefined && { description }),
    }),
  );
const update = (arn: string, more: { description?: string; routingConfiguration?: Route[] }) =>
  server.client.send(
    new UpdateStateMachineAliasCommand({ stateMachineAliasArn: arnOf(arn), ...more }),
  );
const remove = (arn: string) =>
  server.client.send(new DeleteStateMachineAliasCommand({ stateMachineAliasArn: arnOf(arn) }));
const describeAlias = (arn: string) =>
  server.client.send(new DescribeStateMachineAliasCommand({ stateMachineAliasArn: arnOf(arn) }));
const list = (arn: string, more: { maxResults?: number; nextToken?: string } = {}) =>
  server.client.send(new ListStateMachineAliasesCommand({ stateMachineArn: arnOf(arn), ...more }));
const namesOf = async (arn: string) =>
  (await list(arn)).stateMachineAliases?.map((each) =>
    each.stateMachineAliasArn?.slice(each.stateMachineAliasArn.lastIndexOf(":") + 1),
  );
async function run(arn: string) {
  const { executionArn } = await server.client.send(
    new StartExecutionCommand({ stateMachineArn: arnOf(arn) }),
  );
  await server.service.call("DescribeExecution", { executionArn }, { waitSeconds: 10 });
  return server.client.send(new DescribeExecutionCommand({ executionArn }));
}
const removeVersion = (arn: string) =>
  server.client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: arnOf(arn) }));

describe("an alias", () => {
  test("is described as it was made, and as it was updated", async () => {
    await twoVersions("life");
    const made = await create("live", [version("life", 1)], "what users get");
    expect(made.stateMachineAliasArn).toBe(`${arnOf("life")}:live`);
    expect(await describeAlias("life:live")).toMatchObject({
      stateMachineAliasArn: `${arnOf("life")}:live`,
      name: "live",
      description: "what users get",
      routingConfiguration: [version("life", 1)],
      creationDate: made.creationDate,
      updateDate: made.creationDate,
    });
    const routes = [version("life", 2, 10), version("life", 1, 90)];
    const { updateDate } = await update("life:live", { routingConfiguration: routes });
    expect(await describeAlias("life:live")).toMatchObject({
      description: "what users get",
      routingConfiguration: routes,
      creationDate: made.creationDate,
      updateDate,
    });
    await update("life:live", { description: "changed" });
    expect(await describeAlias("life:live")).toMatchObject({
      description: "changed",
      routingConfiguration: routes,
    });
    await remove("life:live");
    await remove("life:live");
    for (const refused of [describeAlias("life:live"), update("life:live", { description: "" })]) {
      await expect(refused).rejects.toMatchObject({
        name: "ResourceNotFound",
        message: "Request references a resource that does not exist.",
        resourceName: `${arnOf("life")}:live`,
        $metadata: { httpStatusCode: 404 },
      });
    }
  });

  test("made again is the same one, unless anything of it differs", async () => {
    await twoVersions("twin");
    const routes = [version("twin", 1, 60), version("twin", 2, 40)];
    const made = await create("live", routes, "d");
    expect(await create("live", routes.toReversed(), "d")).toMatchObject({
      stateMachineAliasArn: made.stateMachineAliasArn,
      creationDate: made.creationDate,
    });
    const others = [
      create("live", routes, "other"),
      create("live", routes),
      create("live", [version("twin", 1)], "d"),
      create("live", [version("twin", 1, 40), version("twin", 2, 60)], "d"),
    ];
    for (const other of others) {
      await expect(other).rejects.toMatchObject({
        name: "ConflictException",
        message:
          "Failed to create alias because an alias with the same name and a different routing configuration already exists.",
        $metadata: { httpStatusCode: 409 },
      });
    }
    expect(await namesOf("twin")).toEqual(["live"]);
  });

  test("keeps the versions that it refers to", async () => {
    await twoVersions("holds");
    await create("live", [version("holds", 1, 50), version("holds", 2, 50)]);
    await create("test", [version("holds", 1)]);
    await expect(removeVersion("holds:1")).rejects.toMatchObject({
      name: "ConflictException",
      message:
        "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [live, test]",
      $metadata: { httpStatusCode: 409 },
    });
    await expect(removeVersion("holds:2")).rejects.toThrow("this version: [live]");
    await update("holds:live", { routingConfiguration: [version("holds", 2)] });
    await remove("holds:test");
    await removeVersion("holds:1");
    await expect(run("holds:1")).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  });

  test("has a name of letters, digits, '-', '_' and '.', and not of digits alone", async () => {
    await twoVersions("named");
    for (const name of ["a.b-c_D", "1.", "-", "2nd"]) await create(name, [version("named", 1)]);
    for (const name of ["12", "a b", "a:b", "é"]) {
      await expect(create(name, [version("named", 1)])).rejects.toMatchObject({
        name: "ValidationException",
        message: String.raw`1 validation error detected: Value '${name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\-\.])[a-zA-Z0-9_\-\.]+$`,
      });
    }
  });

  test("is not made once there are as many as a state machine may have", async () => {
    await twoVersions("full");
    for (const name of ["a", "b", "c", "d", "e"]) await create(name, [version("full", 1)]);
    await expect(create("f", [version("full", 1)])).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
      $metadata: { httpStatusCode: 402 },
    });
    await create("e", [version("full", 1)]);
  });
});

describe("a routing configuration", () => {
  beforeAll(() => Promise.all([twoVersions("routed"), twoVersions("foreign")]));

  const unversioned = { stateMachineVersionArn: arnOf("routed"), weight: 100 };
  const alias = { stateMachineVersionArn: `${arnOf("routed")}:live`, weight: 50 };
  const received = (...arns: string[]) => `Received: [${arns.map((arn) => arnOf(arn)).join(", ")}]`;
  const unlike = "Routing configuration must contain";
  test.each([
    [
      "a state machine",
      [unversioned],
      `${unlike} state machine version ARNs. ${received("routed")}`,
    ],
    [
      "an alias",
      [version("routed", 1, 50), alias],
      `${unlike} state machine version ARNs. ${received("routed:1", "routed:live")}`,
    ],
    [
      "another state machine's version",
      [version("routed", 1, 50), version("foreign", 2, 50)],
      `${unlike} versions of one state machine. ${received("routed:1", "foreign:2")}`,
    ],
    [
      "one version twice",
      [version("routed", 1, 50), version("routed", 1, 50)],
      `${unlike} distinct state machine version ARNs. ${received("routed:1", "routed:1")}`,
    ],
    [
      "less than everything",
      [version("routed", 1, 50), version("routed", 2, 49)],
      "Sum of routing configuration weights must equal 100. Received: [50, 49]",
    ],
    [
      "part of one",
      [version("routed", 1, 99)],
      "Sum of routing configuration weights must equal 100. Received: [99]",
    ],
  ])("with %s is refused", async (_, routes, message) => {
    const expected = {
      name: "ValidationException",
      message,
      reason: "INVALID_ROUTING_CONFIGURATION",
    };
    await expect(create("bad", routes)).rejects.toMatchObject(expected);
    await create("good", [version("routed", 1)]);
    await expect(update("routed:good", { routingConfiguration: routes })).rejects.toMatchObject(
      expected,
    );
    expect((await describeAlias("routed:good")).routingConfiguration).toEqual([
      version("routed", 1),
    ]);
  });

  test("that is too long, or empty, is shown as it was given", async () => {
    const three = [version("routed", 1, 50), version("routed", 2, 25), version("routed", 2, 25)];
    const shown = three.map(
      ({ stateMachineVersionArn, weight }) =>
        `RoutingConfigurationListItem(stateMachineVersionArn=${stateMachineVersionArn}, weight=${weight})`,
    );
    const at = "at 'routingConfiguration' failed to satisfy constraint: Member must have length";
    await expect(create("bad", three)).rejects.toMatchObject({
      name: "ValidationException",
      message: `1 validation error detected: Value '[${shown.join(", ")}]' ${at} less than or equal to 2`,
    });
    await expect(create("bad", [])).rejects.toMatchObject({
      message: `1 validation error detected: Value '[]' ${at} greater than or equal to 1`,
    });
  });

  test("with what does not exist is refused", async () => {
    for (const missing of [version("routed", 3), version("nowhere", 1)]) {
      await expect(create("bad", [missing])).rejects.toMatchObject({ name: "ResourceNotFound" });
    }
    const foreign = { routingConfiguration: [version("foreign", 1)] };
    await expect(update("routed:good", foreign)).rejects.toMatchObject({
      reason: "INVALID_ROUTING_CONFIGURATION",
    });
    const broken = { stateMachineVersionArn: "version", weight: 100 };
    await expect(create("bad", [broken])).rejects.toMatchObject({
      name: "InvalidArn",
      message: "Invalid Arn: 'Invalid ARN prefix: version'",
    });
  });

  test("or a description must be there in an update", async () => {
    await expect(update("routed:good", {})).rejects.toMatchObject({
      name: "ValidationException",
      reason: "MISSING_REQUIRED_PARAMETER",
    });
  });

  test.each(["", ":1"])("is not found by an ARN that ends with '%s'", async (end) => {
    for (const refused of [
      describeAlias(`routed${end}`),
      update(`routed${end}`, { description: "d" }),
      remove(`routed${end}`),
    ]) {
      await expect(refused).rejects.toMatchObject({ name: "InvalidArn" });
    }
  });
});

describe("starting with an alias", () => {
  test("runs its version, and remembers both", async () => {
    await twoVersions("starts");
    await create("live", [version("starts", 1)]);
    expect(await run("starts:live")).toMatchObject({
      output: '"one"',
      stateMachineArn: arnOf("starts"),
      stateMachineVersionArn: `${arnOf("starts")}:1`,
      stateMachineAliasArn: `${arnOf("starts")}:live`,
    });
    await update("starts:live", { routingConfiguration: [version("starts", 2)] });
    expect(await run("starts:live")).toMatchObject({ output: '"two"' });
    await remove("starts:live");
    await expect(run("starts:live")).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
      message: `State Machine Does Not Exist: '${arnOf("starts")}:live'`,
    });
  });

  test.each([
    [0, "one"],
    [89, "one"],
    [90, "two"],
    [99, "two"],
    [100, "one"],
    [4_294_967_295, "two"],
  ])("of two versions, 90 to 10, with the random number %i runs %s", async (seed, output) => {
    const name = `drawn-${seed}`;
    await twoVersions(name);
    await create("live", [version(name, 1, 90), version(name, 2, 10)]);
    seeds.push(seed);
    expect((await run(`${name}:live`)).output).toBe(JSON.stringify(output));
    expect(seeds).toEqual([]);
  });

  test("sends nothing to a version of weight 0", async () => {
    await twoVersions("drained");
    await create("live", [version("drained", 1, 0), version("drained", 2, 100)]);
    seeds.push(0);
    expect((await run("drained:live")).output).toBe('"two"');
  });

  test("runs an Express state machine synchronously", async () => {
    await twoVersions("express", "EXPRESS");
    await create("live", [version("express", 2)]);
    const result = await server.client.send(
      new StartSyncExecutionCommand({ stateMachineArn: `${arnOf("express")}:live` }),
    );
    expect(result).toMatchObject({ output: '"two"', stateMachineArn: arnOf("express") });
  });

  test("can be listed by it, over three pages", async () => {
    await twoVersions("lists");
    await create("live", [version("lists", 1, 50), version("lists", 2, 50)]);
    await create("test", [version("lists", 1)]);
    const started: (string | undefined)[] = [];
    for (const [index, arn] of ["live", "1", "live", "test", "live", "live", "live"].entries()) {
      seeds.push(...(arn === "live" ? [index * 20] : []));
      const { executionArn, stateMachineAliasArn } = await run(`lists:${arn}`);
      if (arn === "live") started.unshift(executionArn);
      expect(stateMachineAliasArn).toBe(arn === "1" ? undefined : `${arnOf("lists")}:${arn}`);
    }
    const stateMachineArn = `${arnOf("lists")}:live`;
    const pages: (string | undefined)[][] = [];
    let nextToken: string | undefined;
    do {
      const page = await server.client.send(
        new ListExecutionsCommand({
          stateMachineArn,
          maxResults: 2,
          ...(nextToken && { nextToken }),
        }),
      );
      pages.push(page.executions!.map(({ executionArn }) => executionArn));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(started);
  });

  test("is what describing it shows: the version that most executions run", async () => {
    await twoVersions("shown");
    await create("live", [version("shown", 1, 40), version("shown", 2, 60)]);
    const shown = await server.client.send(
      new DescribeStateMachineCommand({ stateMachineArn: `${arnOf("shown")}:live` }),
    );
    expect(shown).toMatchObject({
      stateMachineArn: `${arnOf("shown")}:live`,
      definition: answers("two"),
    });
  });
});

describe("listing aliases", () => {
  test("gives them by name, over three pages", async () => {
    await twoVersions("pages");
    for (const name of ["d", "a", "e", "c", "b"]) await create(name, [version("pages", 1)]);
    const first = await list("pages", { maxResults: 2 });
    const second = await list("pages", { maxResults: 2, nextToken: first.nextToken! });
    const third = await list("pages", { maxResults: 2, nextToken: second.nextToken! });
    expect(
      [first, second, third].map(({ stateMachineAliases }) =>
        stateMachineAliases?.map((each) => each.stateMachineAliasArn?.slice(-1)),
      ),
    ).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    expect(third.nextToken).toBeUndefined();
    await expect(list("pages:1", { nextToken: first.nextToken! })).rejects.toMatchObject({
      name: "InvalidToken",
    });
  });

  test("of a version gives those that refer to it", async () => {
    await twoVersions("refers");
    await create("old", [version("refers", 1)]);
    await create("mixed", [version("refers", 1, 50), version("refers", 2, 50)]);
    await create("new", [version("refers", 2)]);
    expect(await namesOf("refers:1")).toEqual(["mixed", "old"]);
    expect(await namesOf("refers:2")).toEqual(["mixed", "new"]);
    expect(await namesOf("refers")).toEqual(["mixed", "new", "old"]);
    await expect(list("refers:3")).rejects.toMatchObject({ name: "ResourceNotFound" });
  });

  test("of a state machine that does not exist is refused", async () => {
    await expect(list("nowhere")).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  });
});

test("deleting a state machine deletes its aliases", async () => {
  await twoVersions("ends");
  await create("live", [version("ends", 1)]);
  expect((await run("ends:live")).output).toBe('"one"');
  await server.client.send(new DeleteStateMachineCommand({ stateMachineArn: arnOf("ends") }));
  await expect(describeAlias("ends:live")).rejects.toMatchObject({ name: "ResourceNotFound" });
  await expect(run("ends:live")).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  await twoVersions("ends");
  expect(await namesOf("ends")).toEqual([]);
});

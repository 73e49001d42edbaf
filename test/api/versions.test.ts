import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DeleteStateMachineVersionCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  DescribeStateMachineForExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListStateMachineVersionsCommand,
  ListTagsForResourceCommand,
  PublishStateMachineVersionCommand,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  UpdateStateMachineCommand,
  type CreateStateMachineCommandInput,
  type UpdateStateMachineCommandInput,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { awsLimits } from "../../src/machine/limits.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ limits: { ...awsLimits, versions: 5 } });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

/** A machine that answers this text. */
const answers = (text: string) =>
  JSON.stringify({ StartAt: "P", States: { P: { Type: "Pass", Result: text, End: true } } });
const arnOf = (name: string) => `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;

const create = (name: string, more: Partial<CreateStateMachineCommandInput> = {}) =>
  server.client.send(
    new CreateStateMachineCommand({ name, definition: answers("first"), roleArn, ...more }),
  );
const update = (name: string, more: Omit<UpdateStateMachineCommandInput, "stateMachineArn">) =>
  server.client.send(new UpdateStateMachineCommand({ stateMachineArn: arnOf(name), ...more }));
const publish = (name: string, more: { revisionId?: string; description?: string } = {}) =>
  server.client.send(
    new PublishStateMachineVersionCommand({ stateMachineArn: arnOf(name), ...more }),
  );
const remove = (name: string, version: number) =>
  server.client.send(
    new DeleteStateMachineVersionCommand({ stateMachineVersionArn: `${arnOf(name)}:${version}` }),
  );
const describeMachine = (stateMachineArn: string) =>
  server.client.send(new DescribeStateMachineCommand({ stateMachineArn }));
const list = (name: string, more: { maxResults?: number; nextToken?: string } = {}) =>
  server.client.send(
    new ListStateMachineVersionsCommand({ stateMachineArn: arnOf(name), ...more }),
  );
const versionsOf = async (name: string) =>
  (await list(name)).stateMachineVersions?.map((each) =>
    each.stateMachineVersionArn?.slice(arnOf(name).length + 1),
  );
const start = (stateMachineArn: string, name?: string) =>
  server.client.send(
    new StartExecutionCommand({ stateMachineArn, ...(name !== undefined && { name }) }),
  );
async function closed(executionArn: string) {
  await server.service.call("DescribeExecution", { executionArn }, { waitSeconds: 10 });
  return server.client.send(new DescribeExecutionCommand({ executionArn }));
}

describe("publishing", () => {
  test("with the create makes version 1, and the same create again answers it", async () => {
    const input = { publish: true, versionDescription: "the first" };
    const made = await create("born", input);
    expect(made.stateMachineVersionArn).toBe(`${arnOf("born")}:1`);
    expect(await create("born", input)).toMatchObject({
      stateMachineVersionArn: `${arnOf("born")}:1`,
      creationDate: made.creationDate,
    });
    expect(await versionsOf("born")).toEqual(["1"]);
  });

  test.each([
    ["no publishing", {}],
    ["another description", { publish: true, versionDescription: "another" }],
  ])("with the create is part of what must be the same again: %s", async (_, other) => {
    await create("twin", { publish: true });
    await expect(create("twin", other)).rejects.toMatchObject({
      name: "StateMachineAlreadyExists",
    });
  });

  test("later does not change what a repeated create must ask for", async () => {
    await create("plain");
    await publish("plain");
    expect((await create("plain")).stateMachineVersionArn).toBeUndefined();
    await expect(create("plain", { publish: true })).rejects.toMatchObject({
      name: "StateMachineAlreadyExists",
    });
  });

  test("a revision again answers the version that it has", async () => {
    await create("again");
    const first = await publish("again", { description: "one" });
    const second = await publish("again", { description: "two" });
    expect(second).toMatchObject({
      stateMachineVersionArn: first.stateMachineVersionArn,
      creationDate: first.creationDate,
    });
    expect(await versionsOf("again")).toEqual(["1"]);
    expect((await describeMachine(`${arnOf("again")}:1`)).description).toBe("one");
  });

  test("takes the id of the present revision, which is INITIAL at first, and no other", async () => {
    await create("ids");
    await expect(publish("ids", { revisionId: "other" })).rejects.toMatchObject({
      name: "ConflictException",
      message:
        "Failed to publish the State Machine version for revision other. The current State Machine revision is INITIAL.",
      $metadata: { httpStatusCode: 409 },
    });
    expect((await publish("ids", { revisionId: "INITIAL" })).stateMachineVersionArn).toMatch(/:1$/);
    const { revisionId } = await update("ids", { definition: answers("second") });
    await expect(publish("ids", { revisionId: "INITIAL" })).rejects.toThrow(
      `for revision INITIAL. The current State Machine revision is ${revisionId}.`,
    );
    expect((await publish("ids", { revisionId: revisionId! })).stateMachineVersionArn).toMatch(
      /:2$/,
    );
  });

  test("with an update publishes the new revision, or the present one if nothing changes", async () => {
    await create("grows");
    const second = { definition: answers("second"), publish: true };
    const made = await update("grows", { ...second, versionDescription: "changed" });
    expect(made).toMatchObject({ stateMachineVersionArn: `${arnOf("grows")}:1` });
    expect(made.revisionId).toBeDefined();
    expect(await update("grows", second)).toMatchObject({
      stateMachineVersionArn: `${arnOf("grows")}:1`,
      revisionId: made.revisionId,
    });
    await update("grows", { definition: answers("third") });
    const unchanged = await update("grows", { definition: answers("third"), publish: true });
    expect(unchanged.stateMachineVersionArn).toBe(`${arnOf("grows")}:2`);
    const silent = await update("grows", { definition: answers("third") });
    expect(silent.stateMachineVersionArn).toBeUndefined();
    await expect(update("grows", { publish: true })).rejects.toMatchObject({
      name: "MissingRequiredParameter",
    });
    await expect(
      update("grows", { ...second, publish: false, versionDescription: "x" }),
    ).rejects.toThrow("Version description can only be set when publish is true");
    expect(await versionsOf("grows")).toEqual(["2", "1"]);

    // Another description is another version of the same revision; the same description is the same version.
    const again = { definition: answers("third"), publish: true, versionDescription: "named" };
    for (let times = 0; times < 2; times++) {
      expect(await update("grows", again)).toMatchObject({
        stateMachineVersionArn: `${arnOf("grows")}:3`,
        revisionId: unchanged.revisionId,
      });
    }
    expect(await versionsOf("grows")).toEqual(["3", "2", "1"]);
  });

  test("never gives a number twice, even after its version was deleted", async () => {
    await create("counts", { publish: true });
    await update("counts", { definition: answers("second"), publish: true });
    await remove("counts", 2);
    expect((await publish("counts")).stateMachineVersionArn).toBe(`${arnOf("counts")}:3`);
    expect(await versionsOf("counts")).toEqual(["3", "1"]);
  });

  test("stops at the most versions that a state machine may have", async () => {
    await create("full", { publish: true });
    for (let count = 2; count <= 5; count += 1) {
      await update("full", { definition: answers(String(count)), publish: true });
    }
    const sixth = { definition: answers("6"), publish: true };
    await expect(update("full", sixth)).rejects.toMatchObject({
      name: "ServiceQuotaExceededException",
      $metadata: { httpStatusCode: 402 },
    });
    expect((await describeMachine(arnOf("full"))).definition).toBe(answers("5"));
    await remove("full", 2);
    expect((await update("full", sixth)).stateMachineVersionArn).toBe(`${arnOf("full")}:6`);
    await update("full", { definition: answers("7") });
    await expect(publish("full")).rejects.toMatchObject({ name: "ServiceQuotaExceededException" });
  });

  test("what does not exist, or is no state machine, is refused", async () => {
    await create("known", { publish: true });
    for (const name of ["unknown", "known:1"]) {
      await expect(publish(name)).rejects.toMatchObject({
        name: "StateMachineDoesNotExist",
        message: `State Machine Does Not Exist: '${arnOf(name)}'`,
      });
    }
    await expect(
      server.client.send(new PublishStateMachineVersionCommand({ stateMachineArn: "invalid_arn" })),
    ).rejects.toMatchObject({
      name: "InvalidArn",
      message: "Invalid Arn: 'Invalid ARN prefix: invalid_arn'",
    });
    await expect(publish("known/label")).rejects.toMatchObject({
      name: "ValidationException",
      reason: "API_DOES_NOT_SUPPORT_LABELED_ARNS",
    });
  });
});

describe("a version", () => {
  test("keeps definition, role and date when its state machine changes", async () => {
    const otherRole = `${roleArn}-2`;
    await create("keeps", { publish: true, versionDescription: "the first" });
    await update("keeps", { definition: answers("second"), roleArn: otherRole });
    const version = await describeMachine(`${arnOf("keeps")}:1`);
    expect(version).toMatchObject({
      stateMachineArn: `${arnOf("keeps")}:1`,
      name: "keeps",
      status: "ACTIVE",
      description: "the first",
      definition: answers("first"),
      roleArn,
    });
    expect(version.revisionId).toBeUndefined();
    const [listed] = (await list("keeps")).stateMachineVersions!;
    expect(version.creationDate).toEqual(listed?.creationDate);
    const now = await describeMachine(arnOf("keeps"));
    expect(now).toMatchObject({ definition: answers("second"), roleArn: otherRole });
    expect(now.description).toBeUndefined();
  });

  test("is what an execution runs that is started with it, and is remembered", async () => {
    await create("runs", { publish: true });
    await update("runs", { definition: answers("second"), roleArn: `${roleArn}-2`, publish: true });
    const version = `${arnOf("runs")}:1`;
    const { executionArn } = await start(version);
    expect(executionArn).toMatch(`${arnOf("runs").replace(":stateMachine:", ":execution:")}:`);
    const execution = await closed(executionArn!);
    expect(execution).toMatchObject({
      status: "SUCCEEDED",
      output: '"first"',
      stateMachineArn: arnOf("runs"),
      stateMachineVersionArn: version,
    });
    expect(execution.stateMachineAliasArn).toBeUndefined();
    const { events } = await server.client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(events?.[0]?.executionStartedEventDetails).toMatchObject({
      roleArn,
      stateMachineVersionArn: version,
    });
    const machine = await server.client.send(
      new DescribeStateMachineForExecutionCommand({ executionArn }),
    );
    expect(machine).toMatchObject({
      stateMachineArn: arnOf("runs"),
      definition: answers("first"),
      roleArn,
    });
    const plain = await closed((await start(arnOf("runs"))).executionArn!);
    expect(plain.output).toBe('"second"');
    expect(plain.stateMachineVersionArn).toBeUndefined();
  });

  test("of an Express state machine can be run synchronously", async () => {
    await create("express", { type: "EXPRESS", publish: true });
    await update("express", { definition: answers("second") });
    const run = (stateMachineArn: string) =>
      server.client.send(new StartSyncExecutionCommand({ stateMachineArn }));
    const result = await run(`${arnOf("express")}:1`);
    expect(result).toMatchObject({ output: '"first"', stateMachineArn: arnOf("express") });
    expect((await run(arnOf("express"))).output).toBe('"second"');
    await expect(run(`${arnOf("express")}:2`)).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
  });

  test("chooses its executions from those of the state machine, over three pages", async () => {
    await create("lists", { publish: true });
    await update("lists", { definition: answers("second"), publish: true });
    for (let count = 0; count < 5; count += 1) {
      await closed((await start(`${arnOf("lists")}:1`, `one-${count}`)).executionArn!);
      await closed((await start(`${arnOf("lists")}:2`, `two-${count}`)).executionArn!);
      await closed((await start(arnOf("lists"), `none-${count}`)).executionArn!);
    }
    const pages: (string | undefined)[][] = [];
    let nextToken: string | undefined;
    do {
      const page = await server.client.send(
        new ListExecutionsCommand({
          stateMachineArn: `${arnOf("lists")}:2`,
          maxResults: 2,
          ...(nextToken !== undefined && { nextToken }),
        }),
      );
      pages.push(page.executions!.map(({ name }) => name));
      for (const each of page.executions!) {
        expect(each.stateMachineVersionArn).toBe(`${arnOf("lists")}:2`);
      }
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(pages.flat()).toEqual(["two-4", "two-3", "two-2", "two-1", "two-0"]);
    await expect(
      server.client.send(new ListExecutionsCommand({ stateMachineArn: `${arnOf("lists")}:9` })),
    ).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  });

  test("is not a state machine to be updated or tagged", async () => {
    await create("fixed", { publish: true });
    await expect(update("fixed:1", { definition: answers("second") })).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
    await expect(
      server.client.send(new ListTagsForResourceCommand({ resourceArn: `${arnOf("fixed")}:1` })),
    ).rejects.toMatchObject({ name: "ResourceNotFound" });
  });

  test("that was deleted cannot be started or described, and its executions stay", async () => {
    await create("gone", { publish: true });
    const version = `${arnOf("gone")}:1`;
    const { executionArn } = await start(version);
    await closed(executionArn!);
    await remove("gone", 1);
    await remove("gone", 1);
    for (const refused of [start(version), describeMachine(version)]) {
      await expect(refused).rejects.toMatchObject({
        name: "StateMachineDoesNotExist",
        message: `State Machine Does Not Exist: '${version}'`,
      });
    }
    expect((await closed(executionArn!)).stateMachineVersionArn).toBe(version);
    expect((await describeMachine(arnOf("gone"))).definition).toBe(answers("first"));
  });

  test.each(["", ":live", ":0", ":01"])(
    "cannot be deleted by an ARN that ends with '%s'",
    async (end) => {
      const stateMachineVersionArn = `${arnOf("known")}${end}`;
      await expect(
        server.client.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn })),
      ).rejects.toMatchObject({ name: "InvalidArn" });
    },
  );
});

describe("listing versions", () => {
  test("gives the newest first, over three pages", async () => {
    await create("pages", { publish: true });
    for (let count = 2; count <= 5; count += 1) {
      await update("pages", { definition: answers(String(count)), publish: true });
    }
    const first = await list("pages", { maxResults: 2 });
    const second = await list("pages", { maxResults: 2, nextToken: first.nextToken! });
    const third = await list("pages", { maxResults: 2, nextToken: second.nextToken! });
    expect(
      [first, second, third].map(({ stateMachineVersions }) =>
        stateMachineVersions?.map((each) => each.stateMachineVersionArn?.slice(-1)),
      ),
    ).toEqual([["5", "4"], ["3", "2"], ["1"]]);
    expect(third.nextToken).toBeUndefined();
    await expect(list("again", { nextToken: first.nextToken! })).rejects.toMatchObject({
      name: "InvalidToken",
      message: "Invalid Token: 'Invalid token'",
    });
  });

  test("of a state machine without any, or of none, gives none", async () => {
    await create("empty");
    expect((await list("empty")).stateMachineVersions).toEqual([]);
    expect((await list("nowhere")).stateMachineVersions).toEqual([]);
  });
});

test("deleting a state machine deletes its versions, and a new one of its name begins with 1", async () => {
  await create("reborn", { publish: true });
  await update("reborn", { definition: answers("second"), publish: true });
  const { executionArn } = await start(`${arnOf("reborn")}:2`);
  await closed(executionArn!);
  await server.client.send(new DeleteStateMachineCommand({ stateMachineArn: arnOf("reborn") }));
  expect(await versionsOf("reborn")).toEqual([]);
  await expect(describeMachine(`${arnOf("reborn")}:2`)).rejects.toMatchObject({
    name: "StateMachineDoesNotExist",
  });
  const machine = await server.client.send(
    new DescribeStateMachineForExecutionCommand({ executionArn }),
  );
  expect(machine.definition).toBe(answers("second"));
  const made = await create("reborn", { publish: true });
  expect(made.stateMachineVersionArn).toBe(`${arnOf("reborn")}:1`);
  expect((await describeMachine(`${arnOf("reborn")}:1`)).definition).toBe(answers("first"));
});

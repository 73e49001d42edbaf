import {
  CreateStateMachineCommand,
  DeleteStateMachineCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  StartExecutionCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
  type CreateStateMachineCommandInput,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  accountId,
  passDefinition,
  region,
  roleArn,
  startServer,
  type TestServer,
} from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

let count = 0;
function create(overrides: Partial<CreateStateMachineCommandInput> = {}) {
  const input = { name: `machine-${++count}`, definition: passDefinition, roleArn, ...overrides };
  return server.client.send(new CreateStateMachineCommand(input));
}
const describeMachine = (stateMachineArn: string | undefined, includedData?: "METADATA_ONLY") =>
  server.client.send(
    new DescribeStateMachineCommand({ stateMachineArn, ...(includedData && { includedData }) }),
  );
const update = (input: ConstructorParameters<typeof UpdateStateMachineCommand>[0]) =>
  server.client.send(new UpdateStateMachineCommand(input));

const other = JSON.stringify({ StartAt: "A", States: { A: { Type: "Succeed" } } });

describe("CreateStateMachine", () => {
  test("answers the ARN and the time", async () => {
    const before = Date.now();
    const made = await create({ name: "orders" });
    expect(made.stateMachineArn).toBe(`arn:aws:states:${region}:${accountId}:stateMachine:orders`);
    expect(made.creationDate!.getTime()).toBeGreaterThanOrEqual(before - 1);
  });

  test("with the same text again answers the same machine, whatever the role and the tags", async () => {
    const first = await create({ name: "twice" });
    const again = await create({
      name: "twice",
      roleArn: `${roleArn}-2`,
      tags: [{ key: "a", value: "b" }],
      loggingConfiguration: { level: "OFF" },
    });
    expect(again.stateMachineArn).toBe(first.stateMachineArn);
    expect(again.creationDate).toEqual(first.creationDate);
    expect((await describeMachine(first.stateMachineArn)).roleArn).toBe(roleArn);
  });

  test.each([
    ["formatted differently", { definition: JSON.stringify(JSON.parse(passDefinition), null, 2) }],
    ["of another type", { type: "EXPRESS" }],
    ["with other tracing", { tracingConfiguration: { enabled: true } }],
  ] as const)("refuses the name again for a definition %s", async (_what, overrides) => {
    const { stateMachineArn } = await create({ name: `taken-${_what.replaceAll(" ", "-")}` });
    await expect(
      create({ name: stateMachineArn!.split(":").at(-1)!, ...overrides }),
    ).rejects.toMatchObject({
      name: "StateMachineAlreadyExists",
      message: `State Machine Already Exists: '${stateMachineArn}'`,
    });
  });

  test("called by many at once makes one machine", async () => {
    const made = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        create({ name: "race", definition: index % 2 === 0 ? passDefinition : other }),
      ),
    );
    const shown = await describeMachine(`arn:aws:states:${region}:${accountId}:stateMachine:race`);
    const winners = made.filter(({ status }) => status === "fulfilled");
    expect(winners).toHaveLength(10);
    expect([passDefinition, other]).toContain(shown.definition);
  });

  test("refuses names, roles and definitions that the service refuses", async () => {
    await expect(create({ name: "a b" })).rejects.toMatchObject({
      name: "InvalidName",
      message: "Invalid Name: 'a b'",
    });
    // An account has twelve digits.
    for (const wrong of ["role", "arn:aws:iam::1234:role/x", `arn:aws:iam::${accountId}:user/x`]) {
      await expect(create({ roleArn: wrong })).rejects.toMatchObject({
        name: "InvalidArn",
        message: `Invalid Role Arn: '${wrong}'`,
      });
    }
    await expect(create({ definition: "{}" })).rejects.toMatchObject({
      name: "InvalidDefinition",
      message:
        "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /'",
    });
    await expect(create({ versionDescription: "first" })).rejects.toMatchObject({
      name: "ValidationException",
      message: "Version description can only be set when publish is true",
    });
  });

  test.each([
    { level: "ALL" },
    { level: "ERROR", destinations: [] },
    {
      destinations: ["a", "b"].map((name) => ({
        cloudWatchLogsLogGroup: { logGroupArn: `arn:aws:logs:eu-west-1:1:log-group:${name}:*` },
      })),
    },
  ] as const)("refuses logging with the destinations of %j", async (loggingConfiguration) => {
    await expect(
      create({
        loggingConfiguration: structuredClone(
          loggingConfiguration,
        ) as CreateStateMachineCommandInput["loggingConfiguration"],
      }),
    ).rejects.toMatchObject({
      name: "InvalidLoggingConfiguration",
      message: "Invalid Logging Configuration: Must specify exactly one Log Destination.",
    });
  });

  test("refuses a customer's key without its id", async () => {
    await expect(
      create({ encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY" } }),
    ).rejects.toMatchObject({ name: "InvalidEncryptionConfiguration" });
  });
});

describe("DescribeStateMachine", () => {
  test("shows the defaults of what was not given, and no revision id before the first update", async () => {
    const { stateMachineArn, creationDate } = await create({ name: "described" });
    const { $metadata: _, ...shown } = await describeMachine(stateMachineArn);
    expect(shown).toEqual({
      stateMachineArn,
      name: "described",
      status: "ACTIVE",
      definition: passDefinition,
      roleArn,
      type: "STANDARD",
      creationDate,
      loggingConfiguration: { level: "OFF", includeExecutionData: false },
      tracingConfiguration: { enabled: false },
      encryptionConfiguration: { type: "AWS_OWNED_KEY" },
    });
  });

  test("shows configurations as they were given", async () => {
    const logGroupArn = "arn:aws:logs:eu-west-1:123456789012:log-group:orders:*";
    const loggingConfiguration = {
      level: "ALL",
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
    } as const;
    const { stateMachineArn } = await create({
      loggingConfiguration: structuredClone(loggingConfiguration) as never,
      tracingConfiguration: { enabled: true },
    });
    const shown = await describeMachine(stateMachineArn);
    expect(shown.loggingConfiguration).toEqual({
      ...loggingConfiguration,
      includeExecutionData: false,
    });
    expect(shown.tracingConfiguration).toEqual({ enabled: true });
  });

  test("shows which variables each state reads", async () => {
    const definition = JSON.stringify({
      StartAt: "Set",
      States: {
        Set: { Type: "Pass", Assign: { who: "you" }, Next: "Get" },
        Get: { Type: "Pass", Parameters: { "hello.$": "$who" }, End: true },
      },
    });
    const { stateMachineArn } = await create({ definition });
    expect((await describeMachine(stateMachineArn)).variableReferences).toEqual({ Get: ["who"] });
  });

  test("hides the definition where only metadata is asked for", async () => {
    const { stateMachineArn } = await create();
    expect((await describeMachine(stateMachineArn, "METADATA_ONLY")).definition).toBe("{}");
  });

  test("says what is wrong with an ARN", async () => {
    const missing = `arn:aws:states:${region}:${accountId}:stateMachine:missing`;
    await expect(describeMachine(missing)).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
      message: `State Machine Does Not Exist: '${missing}'`,
    });
    await expect(describeMachine("xyz")).rejects.toMatchObject({
      name: "InvalidArn",
      message: "Invalid Arn: 'Invalid ARN prefix: xyz'",
    });
    await expect(
      describeMachine(missing.replace("stateMachine", "activity")),
    ).rejects.toMatchObject({
      message: "Invalid Arn: 'Resource type not valid in this context: activity'",
    });
  });
});

describe("UpdateStateMachine", () => {
  test("makes a revision, which is then shown", async () => {
    const { stateMachineArn } = await create();
    const updated = await update({ stateMachineArn, definition: other });
    expect(updated.revisionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(updated.updateDate).toBeInstanceOf(Date);
    const shown = await describeMachine(stateMachineArn);
    expect(shown).toMatchObject({ definition: other, revisionId: updated.revisionId, roleArn });
  });

  test("that changes nothing makes none", async () => {
    const { stateMachineArn } = await create();
    const idle = await update({ stateMachineArn, definition: passDefinition });
    expect(idle.revisionId).toBeUndefined();
    const changed = await update({ stateMachineArn, roleArn: `${roleArn}-2` });
    const again = await update({
      stateMachineArn,
      roleArn: `${roleArn}-2`,
      definition: passDefinition,
    });
    expect(again.revisionId).toBe(changed.revisionId);
    expect(again.updateDate).toEqual(changed.updateDate);
  });

  test("keeps what it does not name", async () => {
    const { stateMachineArn } = await create({ tracingConfiguration: { enabled: true } });
    await update({ stateMachineArn, roleArn: `${roleArn}-2` });
    expect(await describeMachine(stateMachineArn)).toMatchObject({
      definition: passDefinition,
      tracingConfiguration: { enabled: true },
      roleArn: `${roleArn}-2`,
    });
  });

  test("refuses to change nothing, and what does not exist", async () => {
    const { stateMachineArn } = await create();
    await expect(update({ stateMachineArn })).rejects.toMatchObject({
      name: "MissingRequiredParameter",
      message:
        "Either the definition, the role ARN, the LoggingConfiguration, or the TracingConfiguration must be specified",
    });
    const version = `${stateMachineArn}:2`;
    await expect(update({ stateMachineArn: version, definition: other })).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
      message: `State Machine Does Not Exist: '${version}'`,
    });
    await expect(update({ stateMachineArn, definition: "{" })).rejects.toMatchObject({
      name: "InvalidDefinition",
    });
    await expect(
      update({ stateMachineArn: stateMachineArn!.replace(/[^:]+$/, "m/label"), definition: other }),
    ).rejects.toMatchObject({
      name: "ValidationException",
      reason: "API_DOES_NOT_SUPPORT_LABELED_ARNS",
    });
  });
});

describe("DeleteStateMachine", () => {
  test("removes the machine; once more is no error", async () => {
    const { stateMachineArn } = await create();
    const remove = () => server.client.send(new DeleteStateMachineCommand({ stateMachineArn }));
    await remove();
    await remove();
    await expect(describeMachine(stateMachineArn)).rejects.toMatchObject({
      name: "StateMachineDoesNotExist",
    });
    await expect(
      server.client.send(new StartExecutionCommand({ stateMachineArn })),
    ).rejects.toMatchObject({ name: "StateMachineDoesNotExist" });
  });
});

describe("ListStateMachines", () => {
  test("gives every machine once, over three pages", async () => {
    const own = await startServer();
    try {
      for (let index = 0; index < 7; index++) {
        await own.client.send(
          new CreateStateMachineCommand({ name: `m${index}`, definition: passDefinition, roleArn }),
        );
      }
      const names: (string | undefined)[] = [];
      let nextToken: string | undefined;
      let pages = 0;
      do {
        const page = await own.client.send(
          new ListStateMachinesCommand({ maxResults: 3, ...(nextToken && { nextToken }) }),
        );
        names.push(...page.stateMachines!.map(({ name }) => name));
        nextToken = page.nextToken;
        pages++;
      } while (nextToken !== undefined);
      expect(pages).toBe(3);
      expect(new Set(names)).toEqual(new Set(["m0", "m1", "m2", "m3", "m4", "m5", "m6"]));
      expect(names).toHaveLength(7);
    } finally {
      await own.close();
    }
  });

  test("refuses too many results, and a token that it did not make", async () => {
    const list = (input: object) => server.client.send(new ListStateMachinesCommand(input));
    await expect(list({ maxResults: 1001 })).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
    await expect(list({ nextToken: "x".repeat(1025) })).rejects.toThrow(
      "at 'nextToken' failed to satisfy constraint: Member must have length less than or equal to 1024",
    );
    await expect(list({ nextToken: "eyJhIjoxfQ.c2VhbA" })).rejects.toMatchObject({
      name: "InvalidToken",
      message: "Invalid Token: 'Invalid token'",
    });
  });
});

describe("ValidateStateMachineDefinition", () => {
  const validate = (
    input: ConstructorParameters<typeof ValidateStateMachineDefinitionCommand>[0],
  ) => server.client.send(new ValidateStateMachineDefinitionCommand(input));

  test("answers OK for a good definition", async () => {
    const { $metadata: _, ...answer } = await validate({ definition: passDefinition });
    expect(answer).toEqual({ result: "OK", diagnostics: [], truncated: false });
  });

  test("answers the diagnostics of a bad one, at most as many as asked for", async () => {
    const definition = JSON.stringify({ States: { A: { Type: "Pass" }, B: { Type: "Nope" } } });
    const all = await validate({ definition });
    expect(all.result).toBe("FAIL");
    expect(all.diagnostics!.length).toBeGreaterThan(1);
    expect(all.diagnostics![0]).toMatchObject({ severity: "ERROR", code: expect.any(String) });
    const one = await validate({ definition, maxResults: 1 });
    expect(one.diagnostics).toHaveLength(1);
    expect(one.truncated).toBe(true);
  });

  test("shows warnings only if they are asked for, and they fail nothing", async () => {
    const Warned = { Type: "Pass", Parameters: { a: "$.b" }, End: true };
    const definition = JSON.stringify({ StartAt: "Warned", States: { Warned } });
    const quiet = await validate({ definition });
    expect(quiet).toMatchObject({ result: "OK", diagnostics: [], truncated: false });
    const loud = await validate({ definition, severity: "WARNING" });
    expect(loud).toMatchObject({
      result: "OK",
      diagnostics: [{ severity: "WARNING", code: "NO_DOLLAR" }],
    });
  });

  test("answers 100 diagnostics at most, which is also what 0 asks for", async () => {
    const States = Object.fromEntries(
      Array.from({ length: 101 }, (_, index) => [`S${index}`, { Type: "Nope" }]),
    );
    const definition = JSON.stringify({ StartAt: "S0", States });
    for (const maxResults of [undefined, 0, 100]) {
      const { diagnostics, truncated } = await validate({
        definition,
        ...(maxResults === undefined ? {} : { maxResults }),
      });
      expect(diagnostics).toHaveLength(100);
      expect(truncated).toBe(true);
    }
    await expect(validate({ definition, maxResults: 101 })).rejects.toMatchObject({
      name: "ValidationException",
      message:
        "1 validation error detected: Value '101' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 100",
    });
  });
});

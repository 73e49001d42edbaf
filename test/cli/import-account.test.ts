import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { openAccount } from "../../src/cli/importing/account.ts";
import { importAccount } from "../../src/cli/importing/import-account.ts";
import { readHistory } from "../../src/console/import/history-file.ts";
import { textOf } from "../../src/deploy/text-of.ts";
import type { JsonObject } from "../../src/expression/json.ts";
import { type OwnServer, ownServer } from "../api/own-server.ts";
import { region, roleArn } from "../api/start-server.ts";

const definition = (comment: string, state: JsonObject = { Type: "Pass", End: true }) =>
  JSON.stringify({ Comment: comment, StartAt: "S", States: { S: state } });

const accountAt = (endpoint: string) =>
  openAccount({
    region,
    endpoint,
    credentials: () => Promise.resolve({ accessKeyId: "test", secretAccessKey: "test" }),
    pauseMs: 1,
  });

async function folderOfTest(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "import-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** An account with an activity, a state machine of three versions of which the first is gone, and an alias of two. */
async function someAccount(): Promise<OwnServer> {
  const server = await ownServer();
  const call: OwnServer["call"] = (...asked) => server.call(...asked);
  await call("CreateActivity", { name: "by-hand" });
  const { stateMachineArn } = await call("CreateStateMachine", {
    name: "orders",
    definition: definition("one"),
    roleArn,
    tags: [{ key: "team", value: "shop" }],
  });
  const publish = async (comment: string): Promise<void> => {
    await call("UpdateStateMachine", { stateMachineArn, definition: definition(comment) });
    const description = `it is ${comment}`;
    await call("PublishStateMachineVersion", { stateMachineArn, description });
  };
  await publish("first");
  await publish("second");
  await publish("third");
  const versionArn = (number: number) => `${textOf(stateMachineArn)}:${number}`;
  await call("DeleteStateMachineVersion", { stateMachineVersionArn: versionArn(1) });
  await call("CreateStateMachineAlias", {
    name: "live",
    routingConfiguration: [
      { stateMachineVersionArn: versionArn(2), weight: 90 },
      { stateMachineVersionArn: versionArn(3), weight: 10 },
    ],
  });
  await call("UpdateStateMachine", {
    stateMachineArn,
    definition: definition("latest", { Type: "Wait", Seconds: 1_000, End: true }),
  });
  await call("StartExecution", { stateMachineArn, name: "waits", input: '{"id":1}' });
  return server;
}

async function imported(
  from: string,
  to: string,
  more: Partial<Parameters<typeof importAccount>[0]> = {},
) {
  const lines: string[] = [];
  const failures = await importAccount({
    source: accountAt(from),
    target: accountAt(to),
    isDryRun: false,
    tell: (line) => lines.push(line),
    ...more,
  });
  return { lines, failures };
}

describe("an import", () => {
  test("takes machines, versions, aliases, tags and activities, and the histories of what is running", async () => {
    const [source, target, histories] = await Promise.all([
      someAccount(),
      ownServer(),
      folderOfTest(),
    ]);
    const dry = await imported(source.url, target.url, { isDryRun: true, histories });
    expect(dry.lines).toEqual([
      "+ by-hand: activity",
      "+ orders: STANDARD, 2 versions, 1 alias, 1 history of running executions",
    ]);
    expect(await target.call("ListStateMachines", {})).toMatchObject({ stateMachines: [] });
    expect(await readdir(histories)).toEqual([]);

    const first = await imported(source.url, target.url, { histories });
    expect(first).toEqual({
      failures: 0,
      lines: [
        "+ by-hand: activity",
        "+ orders: STANDARD, 2 versions, 1 alias, 1 history of running executions, version 2 is 1 here, version 3 is 2 here",
      ],
    });
    const { stateMachines } = await target.call("ListStateMachines", {});
    const [{ stateMachineArn = null } = {}] = stateMachines as readonly JsonObject[];
    const describeHere = async (arn: string): Promise<JsonObject> =>
      target.call("DescribeStateMachine", { stateMachineArn: arn });
    expect(await describeHere(textOf(stateMachineArn))).toMatchObject({
      definition: definition("latest", { Type: "Wait", Seconds: 1_000, End: true }),
      roleArn,
    });
    expect(await describeHere(`${textOf(stateMachineArn)}:1`)).toMatchObject({
      definition: definition("second"),
      description: "it is second",
    });
    const tags = await target.call("ListTagsForResource", { resourceArn: stateMachineArn });
    expect(tags["tags"]).toContainEqual({ key: "team", value: "shop" });
    const alias = await target.call("DescribeStateMachineAlias", {
      stateMachineAliasArn: `${textOf(stateMachineArn)}:live`,
    });
    expect(alias["routingConfiguration"]).toEqual([
      { stateMachineVersionArn: `${textOf(stateMachineArn)}:1`, weight: 90 },
      { stateMachineVersionArn: `${textOf(stateMachineArn)}:2`, weight: 10 },
    ]);
    const { events } = readHistory(await readFile(join(histories, "orders", "waits.json"), "utf8"));
    expect(events.map(({ type }) => type)).toEqual(["ExecutionStarted", "WaitStateEntered"]);

    // Once more there is nothing to be made, and nothing is made twice.
    const again = await imported(source.url, target.url, { histories });
    expect(again.failures).toBe(0);
    expect(again.lines[1]).toMatch(/^~ orders: STANDARD, 2 versions/);
    const versions = await target.call("ListStateMachineVersions", { stateMachineArn });
    expect(versions["stateMachineVersions"]).toHaveLength(2);
  });

  test("that was ended in the middle goes on with the version that is missing", async () => {
    const [source, target] = await Promise.all([someAccount(), ownServer()]);
    const whole = accountAt(target.url);
    let published = 0;
    const cut = {
      ...whole,
      call: (operation: string, input: JsonObject) => {
        if (operation === "PublishStateMachineVersion" && published++ === 1) {
          throw new Error("the connection is cut");
        }
        return whole.call(operation, input);
      },
    };
    await expect(imported(source.url, target.url, { target: cut })).rejects.toThrow("cut");
    expect((await imported(source.url, target.url)).failures).toBe(0);
    const { stateMachines } = await target.call("ListStateMachines", {});
    const [{ stateMachineArn = null } = {}] = stateMachines as readonly JsonObject[];
    const versions = await target.call("ListStateMachineVersions", { stateMachineArn });
    expect(versions["stateMachineVersions"]).toHaveLength(2);
  });

  test("leaves another machine of the same name as it is, takes only what is named, and says what there is not", async () => {
    const [source, target] = await Promise.all([someAccount(), ownServer()]);
    await target.call("CreateStateMachine", {
      name: "orders",
      definition: definition("mine"),
      roleArn,
    });
    expect(await imported(source.url, target.url, { only: ["orders", "other"] })).toEqual({
      failures: 2,
      lines: [
        "! orders: there is another state machine orders here already: it stays as it is",
        "! other: there is no state machine and no activity of this name",
      ],
    });
    const { stateMachines } = await target.call("ListStateMachines", {});
    const [{ stateMachineArn = null } = {}] = stateMachines as readonly JsonObject[];
    expect(await target.call("DescribeStateMachine", { stateMachineArn })).toMatchObject({
      definition: definition("mine"),
    });
    expect(await target.call("ListActivities", {})).toMatchObject({ activities: [] });
  });

  test("reads all pages, signed, and tries again what AWS throttles", async () => {
    const asked: string[] = [];
    const signatures: string[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => (body += chunk.toString()));
      request.on("end", () => {
        const operation = textOf(request.headers["x-amz-target"]).split(".")[1];
        const { nextToken = "0" } = JSON.parse(body) as { nextToken?: string };
        asked.push(`${operation} ${nextToken}`);
        signatures.push(textOf(request.headers.authorization));
        const isThrottled =
          nextToken === "1" && asked.filter((one) => one === asked.at(-1)).length < 3;
        const [status, answer] = isThrottled
          ? [400, { __type: "com.amazonaws.states#ThrottlingException", message: "Rate exceeded" }]
          : [
              200,
              {
                activities: [{ name: `page-${nextToken}` }],
                ...(nextToken !== "2" && { nextToken: String(Number(nextToken) + 1) }),
              },
            ];
        response.writeHead(Number(status), { "content-type": "application/x-amz-json-1.0" });
        response.end(JSON.stringify(answer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const account = accountAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const names: string[] = [];
    for await (const { name } of account.list("ListActivities", {}, "activities")) {
      names.push(textOf(name));
    }
    const scope = new RegExp(
      `^AWS4-HMAC-SHA256 Credential=test/\\d{8}/${region}/states/aws4_request, `,
    );
    expect(signatures.filter((signature) => !scope.test(signature))).toEqual([]);
    expect(names).toEqual(["page-0", "page-1", "page-2"]);
    expect(asked).toEqual([
      "ListActivities 0",
      "ListActivities 1",
      "ListActivities 1",
      "ListActivities 1",
      "ListActivities 2",
    ]);
  });
});

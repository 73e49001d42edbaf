import { createHmac } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { FeedItem } from "../../src/ports/feed.ts";
import { ownServer } from "../api/own-server.ts";
import { passDefinition } from "../api/start-server.ts";
import { region, startTriggers } from "./start-triggers.ts";

interface Call {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A webhook that refuses the first calls; answers the next that it took. */
async function webhook(refuses = 0) {
  const taken = Promise.withResolvers<readonly Call[]>();
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (piece: Buffer) => (body += piece.toString()));
    request.on("end", () => {
      calls.push({ headers: request.headers, body });
      const isRefused = calls.length <= refuses;
      response.writeHead(isRefused ? 503 : 204).end();
      if (!isRefused) taken.resolve(calls);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    taken: taken.promise,
  };
}

const secret = "a secret of a webhook";

test("a webhook is told of the executions that it wants to know of, signed, and again where it refused", async () => {
  const hook = await webhook(1);
  const server = await ownServer({
    events: {
      webhooks: [{ url: hook.url, secret, pattern: { detail: { status: ["SUCCEEDED"] } } }],
    },
  });
  const executionArn = await server.start(JSON.parse(passDefinition) as object);
  const [first, second] = await hook.taken;
  expect(second?.body).toBe(first?.body);
  expect(JSON.parse(second?.body ?? "")).toMatchObject({
    source: "aws.states",
    detail: { executionArn, status: "SUCCEEDED" },
  });
  const [, time = "", signature] =
    /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(second?.headers["x-stepwell-signature"])) ?? [];
  expect(signature).toBe(
    createHmac("sha256", secret).update(`${time}.${second?.body}`).digest("hex"),
  );
  expect(second?.headers["x-stepwell-event-id"]).toBe(
    (JSON.parse(second?.body ?? "") as { id: string }).id,
  );
});

/** What the feed tells of an execution's start. */
function startOf(type: "STANDARD" | "EXPRESS"): FeedItem {
  const executionArn = `arn:aws:states:${region}:123456789012:execution:M:e`;
  const identity = {
    executionArn,
    name: "e",
    stateMachineArn: "m",
    stateMachineName: "M",
    roleArn: "r",
    region,
  };
  const record = {
    executionArn,
    stateMachineArn: "m",
    revisionId: "r",
    name: "e",
    status: "RUNNING",
    startDate: 5,
  } as const;
  const event = { type: "ExecutionStarted", id: 1, at: 5, payload: { text: "{}" }, details: {} };
  return {
    sequence: 1,
    execution: { record, type, identity, logging: undefined },
    events: [event as unknown as FeedItem["events"][number]],
    status: "RUNNING",
    stoppedAt: 0,
    redriveCount: 0,
  };
}

test("EventBridge is told under a source that it takes", async () => {
  const put: JsonObject[] = [];
  const own = startTriggers({
    events: { forward: { eventBusName: "ops" } },
    putIntoEventBridge(entry) {
      put.push(entry);
      return Promise.resolve({ type: "taken", output: null });
    },
  });
  await own.triggers.statusEvents.receive([startOf("STANDARD")]);
  await own.settled();
  expect(put).toEqual([
    {
      EventBusName: "ops",
      Source: "stepwell.states",
      DetailType: "Step Functions Execution Status Change",
      Time: "1970-01-01T00:00:00Z",
      Resources: [startOf("STANDARD").execution.record.executionArn],
      Detail: expect.stringContaining('"status":"RUNNING"') as string,
    },
  ]);
});

test("nothing is made where nobody wants it: no rule, an Express workflow, a rule for something else", async () => {
  const own = startTriggers();
  const wants = async (type: "STANDARD" | "EXPRESS" = "STANDARD") => {
    own.triggers.statusEvents.wants?.(startOf(type).execution);
    await own.settled();
    return own.triggers.statusEvents.wants?.(startOf(type).execution);
  };
  expect(await wants()).toBe(false);
  await own.call("events", "PutRule", { Name: "a", EventPattern: '{"source":["shop"]}' });
  expect(await wants()).toBe(false);
  await own.call("events", "PutRule", {
    Name: "b",
    EventPattern: '{"source":[{"prefix":"aws."}]}',
  });
  expect(await wants()).toBe(true);
  expect(await wants("EXPRESS")).toBe(false);
  await own.call("events", "DisableRule", { Name: "b" });
  expect(await wants()).toBe(false);
});

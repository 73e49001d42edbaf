import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { ApprovalView, AuditPage } from "../../src/console/view-types.ts";
import { Payload } from "../../src/expression/payload.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { builtConsole } from "./ask.ts";

const schema = {
  type: "object",
  required: ["amount"],
  properties: {
    amount: { type: "integer", title: "Euros" },
    reason: { enum: ["lost", "broken"] },
    urgent: { type: "boolean" },
  },
};

/** A callback task that waits an hour, and another one whose answer has a form. */
const definition = (more: object) =>
  JSON.stringify({
    StartAt: "Ask",
    States: {
      Ask: {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        TimeoutSeconds: 3_600,
        Parameters: {
          QueueUrl: "https://queue",
          MessageBody: { title: "<b>Refund</b>?", "token.$": "$$.Task.Token", ...more },
        },
        End: true,
      },
    },
  });

let ahead = 0;
const clock = { ...systemClock, now: () => systemClock.now() + ahead };
let server: TestServer;

beforeEach(async () => {
  ahead = 0;
  server = await startServer({
    clock,
    consoleFolder: builtConsole(),
    handlers: {
      find: () => ({
        handles: () => true,
        run: async () => ({ type: "succeeded", output: Payload.ofText("{}") }) as const,
      }),
    },
  });
});
afterEach(() => server.close());

interface Asked {
  readonly url: string;
  readonly executionArn: string;
}

/** Starts an execution that asks, and makes a link to its question. */
async function asked(more: object = {}): Promise<Asked> {
  const name = `ask${Object.keys(more).length}`;
  const { stateMachineArn } = await server.client.send(
    new CreateStateMachineCommand({ name, roleArn, definition: definition(more) }),
  );
  const { executionArn = "" } = await server.client.send(
    new StartExecutionCommand({ stateMachineArn }),
  );
  const base = `http://127.0.0.1:${server.port}/console/api`;
  const waiting = await vi.waitFor(async () => {
    const [one] = (await (await fetch(`${base}/approvals`)).json()) as readonly ApprovalView[];
    expect(one).toBeDefined();
    return one as ApprovalView;
  });
  const made = await fetch(`${base}/links`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ executionArn, taskId: waiting.taskId }),
  });
  return { url: ((await made.json()) as { readonly url: string }).url, executionArn };
}

const nonceIn = (html: string) => /name="nonce" value="([^"]+)"/.exec(html)?.[1] ?? "";

function send(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

async function stateOf(executionArn: string) {
  return server.client.send(new DescribeExecutionCommand({ executionArn }));
}

test("looking decides nothing, and shows the question as text", async () => {
  const { url, executionArn } = await asked();
  for (let times = 0; times < 20; times++) {
    const page = await fetch(url, { headers: { "Sec-Fetch-Site": "cross-site" } });
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain("&lt;b&gt;Refund&lt;/b&gt;?");
    expect(html).not.toContain("<b>Refund");
    expect(html).not.toMatch(/<script/i);
    expect(page.headers.get("content-security-policy")).toMatch(/default-src 'none'/);
  }
  expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
  expect((await stateOf(executionArn)).status).toBe("RUNNING");
});

test("what scanners of mail send, and what browsers load ahead, decides nothing", async () => {
  const { url, executionArn } = await asked();
  const scans: readonly RequestInit[] = [
    { headers: { "Sec-Purpose": "prefetch;prerender", "Sec-Fetch-Mode": "navigate" } },
    { headers: { Purpose: "prefetch" } },
    { headers: { "X-Moz": "prefetch" } },
    { headers: { "User-Agent": "Mozilla/5.0 (compatible; SafeLinks)" } },
    { method: "HEAD" },
    { method: "OPTIONS" },
    { method: "PUT", body: "decision=approve" },
    { method: "DELETE" },
    { method: "PATCH", body: "step=decide" },
  ];
  for (const scan of [...scans, ...scans]) await (await fetch(url, scan)).text();
  for (const answer of ["?decision=approve", "?step=decide&decision=approve", "?nonce=x"]) {
    await (await fetch(url + answer)).text();
  }
  // A scanner that sends the form that it finds comes as far as the question whether it means it.
  const html = await (await fetch(url)).text();
  const review = await send(url, { nonce: nonceIn(html), step: "review", decision: "approve" });
  expect(await review.text()).toContain('name="step" value="decide"');
  expect((await stateOf(executionArn)).status).toBe("RUNNING");
});

test("an answer takes a form and its confirmation, each good for once; who comes second sees the decision", async () => {
  const { url, executionArn } = await asked();
  const nonce = nonceIn(await (await fetch(url)).text());
  const fields = { nonce, step: "review", decision: "approve", comment: "fine & <good>" };
  const review = await (await send(url, fields)).text();
  expect(review).toContain("fine &amp; &lt;good&gt;");
  expect((await stateOf(executionArn)).status).toBe("RUNNING");
  // The same form again, and the question's nonce for a decision, are refused.
  expect((await send(url, fields)).status).toBe(409);
  const other = nonceIn(await (await fetch(url)).text());
  expect((await send(url, { nonce: other, step: "decide" })).status).toBe(400);
  expect((await send(url, { step: "decide" })).status).toBe(409);
  expect((await stateOf(executionArn)).status).toBe("RUNNING");

  const done = await send(url, { nonce: nonceIn(review), step: "decide" });
  expect(done.status).toBe(200);
  await vi.waitFor(async () => expect((await stateOf(executionArn)).status).toBe("SUCCEEDED"));
  const output = JSON.parse((await stateOf(executionArn)).output ?? "") as unknown;
  expect(output).toEqual({ approved: true, comment: "fine & <good>" });
  const second = await (await fetch(url)).text();
  expect(second).toContain("&quot;approved&quot;: true");
  expect(second).not.toContain("<form");
});

test("a form is made of the schema, and its answer is checked", async () => {
  const { url, executionArn } = await asked({ schema });
  const page = async () => nonceIn(await (await fetch(url)).text());
  const wrong = { nonce: await page(), step: "review", "field.amount": "1.5" };
  const refused = await send(url, wrong);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("Euros");
  expect((await send(url, { nonce: await page(), step: "review" })).status).toBe(400);
  const given = {
    nonce: await page(),
    step: "review",
    "field.amount": "40",
    "field.reason": "lost",
    "field.urgent": "on",
    "field.__proto__": "x",
  };
  const review = await (await send(url, given)).text();
  await send(url, { nonce: nonceIn(review), step: "decide" });
  await vi.waitFor(async () => expect((await stateOf(executionArn)).status).toBe("SUCCEEDED"));
  expect(JSON.parse((await stateOf(executionArn)).output ?? "")).toEqual({
    amount: 40,
    reason: "lost",
    urgent: true,
  });
});

test("forms of other pages, cut links and links of another server are refused", async () => {
  const { url, executionArn } = await asked();
  const nonce = nonceIn(await (await fetch(url)).text());
  const fields = { nonce, step: "review", decision: "approve" };
  expect((await send(url, fields, { Origin: "https://evil.example" })).status).toBe(403);
  expect((await send(url, fields, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
  expect((await fetch(url.slice(0, -3))).status).toBe(404);
  expect((await fetch(`${url.slice(0, url.lastIndexOf("/"))}/x`)).status).toBe(404);
  expect((await stateOf(executionArn)).status).toBe("RUNNING");
});

test("the page speaks Korean to a Korean browser", async () => {
  const { url } = await asked();
  const page = await fetch(url, { headers: { "Accept-Language": "ko-KR,ko;q=0.9,en;q=0.5" } });
  expect(await page.text()).toContain("승인");
});

test("a link is good until the task's time-out", async () => {
  const { url } = await asked();
  ahead = 3_600_000 + 1_000;
  // The task itself has timed out only when its timer has fired: until then the link says that it has expired.
  const page = await fetch(url, { headers: { "Accept-Language": "en" } });
  expect(await page.text()).not.toContain("<form");
});

test("who looks by a link, and what is decided by it, is in the audit log", async () => {
  const { url, executionArn } = await asked();
  await fetch(url, { method: "HEAD" });
  for (let times = 0; times < 3; times++) await fetch(url);
  const nonce = nonceIn(await (await fetch(url)).text());
  const review = await (await send(url, { nonce, step: "review", decision: "reject" })).text();
  await send(url, { nonce: nonceIn(review), step: "decide" });
  const base = `http://127.0.0.1:${server.port}/console/api/approvals/audit`;
  const page = await fetch(`${base}?executionArn=${encodeURIComponent(executionArn)}`);
  const { entries } = (await page.json()) as AuditPage;
  expect(entries.map(({ action, by }) => `${action} by ${by}`)).toEqual([
    "answer by link",
    "view by link",
    "link by console",
  ]);
  expect(entries[0]).toMatchObject({ title: "<b>Refund</b>?", key: "/Ask" });
  const { output = "" } = (entries[0]?.answer ?? {}) as { readonly output?: string };
  expect(JSON.parse(output)).toEqual({ approved: false });
});

test("a claim is told with the question, and takes a name", async () => {
  const { executionArn } = await asked();
  const base = `http://127.0.0.1:${server.port}/console/api/approvals`;
  const read = async () => (await (await fetch(base)).json()) as readonly ApprovalView[];
  const [question] = await read();
  const claim = (more: object) =>
    fetch(`${base}/claims`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ executionArn, taskId: question?.taskId, ...more }),
    });
  expect((await claim({})).status).toBe(400);
  expect((await claim({ name: "  Ada\u0000 " })).status).toBe(200);
  expect((await read())[0]?.claim).toMatchObject({ name: "Ada" });
  await claim({ name: "Ada", isReleased: true });
  expect((await read())[0]?.claim).toBeUndefined();
});

test("of many who confirm at the same moment one decides, and the others see what was decided", async () => {
  const { url, executionArn } = await asked();
  const reviewed = async (decision: string): Promise<string> => {
    const nonce = nonceIn(await (await fetch(url)).text());
    return nonceIn(await (await send(url, { nonce, step: "review", decision })).text());
  };
  const nonces = await Promise.all(
    Array.from({ length: 20 }, (_, index) => reviewed(index % 2 === 0 ? "approve" : "reject")),
  );
  const pages = await Promise.all(
    // Each is sent twice.
    [...nonces, ...nonces].map(async (nonce) =>
      (await send(url, { nonce, step: "decide" })).text(),
    ),
  );
  await vi.waitFor(async () => expect((await stateOf(executionArn)).status).toBe("SUCCEEDED"));
  const { approved } = JSON.parse((await stateOf(executionArn)).output ?? "") as {
    readonly approved: boolean;
  };
  for (const page of pages) expect(page).not.toContain(`&quot;approved&quot;: ${!approved}`);
  expect(server.mistakes).toEqual([]);
});

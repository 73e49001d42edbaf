import { writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test, vi } from "vitest";
import { call, closed, startServer, stepwell, temporaryFolder } from "./stepwell.ts";

const roleArn = "arn:aws:iam::000000000000:role/test";

/** A mail server until the test ends; the mails that it was given. */
async function mailServer(): Promise<{ readonly port: number; readonly mails: string[] }> {
  const mails: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, _, callback) {
      let text = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
      stream.on("end", () => {
        mails.push(text);
        callback();
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, mails };
}

/** Quoted-printable, in which a mail with long lines is. */
function unquoted(mail: string): string {
  return mail
    .replaceAll("=\r\n", "")
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
}

function task(name: string, parameters: object): object {
  return {
    StartAt: "Do",
    States: {
      Do: {
        Type: "Task",
        Resource: `arn:stepwell:states:::${name}`,
        Parameters: parameters,
        End: true,
      },
    },
  };
}

async function started(url: string, name: string, definition: object): Promise<string> {
  const { stateMachineArn } = await call(url, "CreateStateMachine", {
    name,
    roleArn,
    definition: JSON.stringify(definition),
  });
  const { executionArn } = await call(url, "StartExecution", { stateMachineArn });
  return String(executionArn);
}

const asking = task("mail.waitForTaskToken", {
  To: "ada@example.com",
  Subject: "May it go?",
  Text: "{{approveLink}}\n{{rejectLink}}",
});

test("a mail has links to the page that answers it, and a webhook the server's address", async () => {
  const cwd = temporaryFolder();
  const { port, mails } = await mailServer();
  writeFileSync(
    join(cwd, "stepwell.config.json"),
    JSON.stringify({ mail: { smtp: `smtp://127.0.0.1:${port}`, from: "flows@example.com" } }),
  );
  const server = await startServer([], { cwd });
  const executionArn = await started(server.url, "ask", asking);
  await vi.waitFor(() => expect(mails).toHaveLength(1), 20_000);
  const [approve = "", reject = ""] = unquoted(mails[0] ?? "").match(/http:\S+/g) ?? [];
  expect(approve).toContain(`${server.url}/console/approve/`);
  await vi.waitFor(async () => {
    expect(await (await fetch(approve)).text()).toContain('value="approve" required checked');
  });
  const page = await (await fetch(reject)).text();
  expect(page).toContain('value="reject" checked');
  expect(page).toContain("May it go?");

  const send = async (text: string, step: string, decision: string) => {
    const nonce = /name="nonce" value="([^"]+)"/.exec(text)?.[1] ?? "";
    const body = new URLSearchParams({ nonce, step, decision });
    const headers = { Origin: server.url, "Sec-Fetch-Site": "same-origin" };
    return (await fetch(reject, { method: "POST", headers, body })).text();
  };
  await send(await send(page, "review", "reject"), "decide", "");
  expect(await closed(server.url, executionArn)).toMatchObject({
    status: "SUCCEEDED",
    output: expect.stringMatching(/"approved":\s*false/) as string,
  });

  const hooked = await started(server.url, "hook", task("webhook.waitForTaskToken", {}));
  const hook = await vi.waitFor(async () => {
    const { events } = await call(server.url, "GetExecutionHistory", { executionArn: hooked });
    const found = /"CallbackUrl\\":\\"(http:[^"\\]+)/.exec(
      JSON.stringify(events).replaceAll("\\\\", "\\"),
    );
    expect(found).not.toBeNull();
    return found?.[1] ?? "";
  });
  expect(hook.startsWith(`${server.url}/hooks/`)).toBe(true);
  expect((await fetch(hook, { method: "POST", body: '{"done":true}' })).status).toBe(200);
  expect(await closed(server.url, hooked)).toMatchObject({ output: '{"done":true}' });
});

test("without a console, or a server, it is said what is missing", async () => {
  const cwd = temporaryFolder();
  const mail = { smtp: "smtp://127.0.0.1:1", from: "flows@example.com" };
  writeFileSync(join(cwd, "stepwell.config.json"), JSON.stringify({ mail }));
  const server = await startServer(["--no-console"], { cwd });
  const executionArn = await started(server.url, "ask", asking);
  expect(await closed(server.url, executionArn)).toMatchObject({
    error: "States.TaskFailed",
    cause: expect.stringContaining("without --no-console") as string,
  });
  writeFileSync(join(cwd, "hook.json"), JSON.stringify(task("webhook.waitForTaskToken", {})));
  const run = await stepwell(["run", "hook.json"], { cwd });
  expect(run.status).toBe(1);
  expect(run.stderr).toContain("there is no server here");
});

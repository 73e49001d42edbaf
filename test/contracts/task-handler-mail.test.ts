import type { AddressInfo } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { expect, onTestFinished, test, vi } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { outputOf, ownTasks } from "./own-harness.ts";
import { testCertificate, testKey } from "./tls-certificate.ts";

const password = "p@ss/word:canary";

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
}

/** A mail server until the test ends, and what it was given. */
async function mailServer(
  options: SMTPServerOptions = {},
): Promise<{ readonly port: number; readonly received: Received[] }> {
  const received: Received[] = [];
  const server = new SMTPServer({
    key: testKey,
    cert: testCertificate,
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: (auth, _, callback) =>
      auth.username === "user" && auth.password === password
        ? callback(null, { user: "user" })
        : callback(new Error(`Invalid credentials ${auth.password}`)),
    onRcptTo: ({ address }, _, callback) =>
      address.startsWith("nobody@")
        ? callback(Object.assign(new Error("5.1.1 No such user"), { responseCode: 550 }))
        : callback(),
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push({
          from: envelope.mailFrom === false ? "" : envelope.mailFrom.address,
          to: envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString(),
        });
        callback();
      });
    },
    ...options,
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, received };
}

const mail = { To: "ada@example.com", Subject: "Hello", Text: "How are you?" };

function run(port: number, parameters: JsonObject, name = "mail", page?: string) {
  const links = {
    callbackUrl: () => Promise.reject(new Error("no callback was expected")),
    answerPage: () => Promise.resolve(page),
  };
  const smtp = `smtp://127.0.0.1:${port}`;
  return ownTasks({ mail: { smtp, from: "Orders <orders@example.com>" }, links })(name, parameters);
}

function resultOf(outcome: TaskOutcome): JsonObject {
  return outputOf(outcome) as JsonObject;
}

test("a mail is sent to everybody, and its result says what the server said", async () => {
  const { port, received } = await mailServer();
  const outcome = await run(port, {
    ...mail,
    To: ["Ada <ada@example.com>", "bob@example.com, carl@example.com"],
    Bcc: "dora@example.com",
    ReplyTo: "answers@example.com",
    Html: "<b>How are you?</b>",
  });
  expect(outputOf(outcome)).toEqual({
    MessageId: expect.stringMatching(/^<[0-9a-f]{32}@example\.com>$/) as string,
    Accepted: ["ada@example.com", "bob@example.com", "carl@example.com", "dora@example.com"],
    Rejected: [],
    Response: expect.stringContaining("250") as string,
  });
  const [one] = received;
  expect(one?.from).toBe("orders@example.com");
  expect(one?.to).toHaveLength(4);
  expect(one?.text).toContain("Subject: Hello");
  expect(one?.text).toContain("Reply-To: answers@example.com");
  expect(one?.text).toContain("<b>How are you?</b>");
  expect(one?.text).not.toContain("dora");
});

test("the same attempt has the same Message-ID when it is performed twice", async () => {
  const { port, received } = await mailServer();
  const first = resultOf(await run(port, mail));
  expect(resultOf(await run(port, mail))["MessageId"]).toEqual(first["MessageId"]);
  expect(received).toHaveLength(2);
});

test("who is refused is named; a mail that nobody gets fails", async () => {
  const { port } = await mailServer();
  const some = await run(port, { ...mail, To: ["ada@example.com", "nobody@example.com"] });
  expect(outputOf(some)).toMatchObject({
    Accepted: ["ada@example.com"],
    Rejected: ["nobody@example.com"],
  });
  expect(await run(port, { ...mail, To: "nobody@example.com" })).toEqual({
    type: "failed",
    error: "Mail.SmtpException",
    cause: expect.stringContaining("550 5.1.1 No such user") as string,
  });
});

test("a server that may take it later is told apart", async () => {
  const { port } = await mailServer({
    onMailFrom: (_, __, callback) =>
      callback(Object.assign(new Error("4.3.2 Try again"), { responseCode: 451 })),
  });
  expect(await run(port, mail)).toMatchObject({
    error: "Mail.TemporarySmtpException",
    cause: expect.stringContaining("451 4.3.2") as string,
  });
});

test("the user and the password come from the environment, over TLS, and are in no error", async () => {
  const { port, received } = await mailServer({ secure: true, authOptional: false });
  const sent = (secret: string) => {
    vi.stubEnv("MAIL_PASSWORD", secret);
    const smtp = `smtps://user:\${MAIL_PASSWORD}@127.0.0.1:${port}?tls.rejectUnauthorized=false`;
    return ownTasks({ mail: { smtp, from: "orders@example.com" } })("mail", mail);
  };
  expect((await sent(password)).type).toBe("succeeded");
  expect(received).toHaveLength(1);
  const refused = await sent("wrong:canary");
  expect(refused).toMatchObject({ error: "Mail.AuthenticationException" });
  expect(JSON.stringify(refused)).not.toContain("canary");
  vi.unstubAllEnvs();
});

test.each([
  [{ Subject: "Hello\r\nBcc: eve@example.com" }, "The Subject has a line break"],
  [{ To: "ada@example.com\nBcc: eve@example.com" }, "which is no mail address"],
  [{ To: "Ada\r\n <ada@example.com>" }, "which is no mail address"],
  [{ To: "ada@example.com", ReplyTo: "eve" }, "ReplyTo has 'eve', which is no mail address."],
  [{ From: "a@example.com, b@example.com" }, "From names more than one."],
  [{ From: "Eve <a@b@example.com>" }, "which is no mail address"],
  [{ To: [] }, "To names nobody."],
  [{ To: Array.from({ length: 101 }, (_, index) => `a${index}@example.com`) }, "at most 100"],
])("what cannot be sent (%#) is not: %s", async (wrong, cause) => {
  const { port, received } = await mailServer();
  expect(await run(port, { ...mail, ...wrong } as JsonObject)).toEqual({
    type: "failed",
    error: "Mail.InvalidParameterException",
    cause: expect.stringContaining(cause) as string,
  });
  expect(received).toEqual([]);
});

test.each([
  [{ Text: "x" }, "The field 'To' is required but was missing"],
  [{ ...mail, To: [1] }, "The value of the field 'To' has an invalid format"],
  [{ ...mail, Attachments: [] }, "The field 'Attachments' is not supported"],
  [{ ...mail, Text: { path: "/etc/passwd" } }, "The value of the field 'Text' has an invalid"],
])("parameters %j are refused", async (parameters, problem) => {
  expect(await run(1, parameters)).toMatchObject({
    type: "rejected",
    cause: expect.stringContaining(problem) as string,
  });
});

test("a mail that asks has links in its places, or under its text", async () => {
  const { port, received } = await mailServer();
  const page = "http://localhost/console/approve/abc";
  const asking = "mail.waitForTaskToken";
  await run(port, mail, asking, page);
  expect(received[0]?.text).toContain(`Approve: ${page}?decision=approve`);
  expect(received[0]?.text).toContain(`Open: ${page}`);
  await run(port, { ...mail, Text: "{{approveLink}}\n{{ link }}" }, asking, page);
  expect(received[1]?.text).toContain(`${page}?decision=approve\r\n${page}\r\n`);
  expect(received[1]?.text).not.toContain("Reject");
  expect(await run(port, mail, asking)).toMatchObject({
    error: "States.TaskFailed",
    cause: expect.stringContaining("without --no-console") as string,
  });
  expect(received).toHaveLength(2);
});

test("a server that is not there, and one that is not configured, are said", async () => {
  const { port } = await mailServer({ closeTimeout: 1 });
  expect(await run(1, mail)).toEqual({
    type: "failed",
    error: "Mail.ConnectionException",
    cause: expect.stringMatching(/could not be reached.*\(\w+\)/) as string,
  });
  expect(await ownTasks()("mail", mail)).toMatchObject({
    error: "States.TaskFailed",
    cause: expect.stringContaining("The configuration has no mail") as string,
  });
  const smtp = `smtp://\${NO_SUCH_VARIABLE}:${port}`;
  expect(await ownTasks({ mail: { smtp } })("mail", mail)).toMatchObject({
    cause: expect.stringContaining("NO_SUCH_VARIABLE is not set") as string,
  });
});

test("an abort ends the connection to a server that does not answer", async () => {
  const stop = new AbortController();
  const { port } = await mailServer({ onConnect: () => stop.abort() });
  const smtp = `smtp://127.0.0.1:${port}`;
  const outcome = ownTasks({ mail: { smtp, from: "a@example.com" } })("mail", mail, {
    signal: stop.signal,
  });
  expect(await outcome).toEqual({ type: "pending" });
});

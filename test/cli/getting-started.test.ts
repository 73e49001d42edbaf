import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { commandsOf, readDocument, wordsOf } from "../docs/document.ts";
import { call, closed, root, startServer, stepwell, temporaryFolder } from "./stepwell.ts";

const page = readDocument("docs/getting-started.md");

/** `--state-machine-arn X` as a member of the operation's input, as the AWS CLI reads it. */
function inputOf(words: readonly string[], folder: string): { readonly [member: string]: string } {
  const members: Record<string, string> = {};
  for (let at = 0; at < words.length; at += 2) {
    const [option = "", value = ""] = words.slice(at);
    const member = option
      .slice(2)
      .replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
    members[member] = value.startsWith("file://")
      ? readFileSync(join(folder, value.slice("file://".length)), "utf8")
      : value;
  }
  return members;
}

function operationOf(command: string): string {
  return command.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}

test("a reader of the first page who types all of it has a workflow that ran, and a function that is called", async () => {
  const folder = temporaryFolder();
  const put = (path: string, text: string): void => {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  for (const { language, code } of page.blocks) {
    if (language === "json") put("hello.asl.json", code);
    if (language === "js") put("functions/greet/index.mjs", code);
  }
  const { url } = await startServer([], { cwd: folder });
  const ran: string[] = [];
  for (const line of commandsOf(page)) {
    // The server has been started, and what is exported are the credentials that it does not look at.
    if (line === "npm ci && npm start" || line.startsWith("export ")) continue;
    const [program, ...words] = wordsOf(line);
    if (program === "npm") {
      const args = words.slice(words.indexOf("--") + 1);
      const isOfCheckout = args.some((arg) => arg.startsWith("examples/"));
      const { status, stderr } = await stepwell(args, { cwd: isOfCheckout ? root : folder });
      expect(status, `${line}: ${stderr}`).toBe(0);
    } else {
      expect([program, words[0]]).toEqual(["aws", "stepfunctions"]);
      const input = inputOf(words.slice(2), folder);
      const answer = await call(url, operationOf(words[1] ?? ""), input);
      if (typeof answer["executionArn"] === "string") {
        expect(await closed(url, answer["executionArn"])).toMatchObject({
          status: "SUCCEEDED",
          output: '{"text":"Hello Ada"}',
        });
      }
    }
    ran.push(line);
  }
  expect(ran).toHaveLength(5);

  const task = /"Resource": "([^"]+)"/.exec(
    readFileSync(join(root, "docs/getting-started.md"), "utf8"),
  )?.[1];
  const greeting = { Type: "Task", Resource: task, End: true };
  await call(url, "CreateStateMachine", {
    name: "greeting",
    definition: JSON.stringify({ StartAt: "Greet", States: { Greet: greeting } }),
    roleArn: "arn:aws:iam::000000000000:role/any",
  });
  const { executionArn } = await call(url, "StartExecution", {
    stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:greeting",
    input: '{"name":"Ada"}',
  });
  expect(await closed(url, String(executionArn))).toMatchObject({
    output: '{"text":"Hello Ada"}',
  });
});

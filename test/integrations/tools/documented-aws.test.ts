import { CreateStateMachineCommand, SFNClient } from "@aws-sdk/client-sfn";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { writeZip } from "../../../src/integrations/functions/archive/write-zip.ts";
import { ownServer } from "../../api/own-server.ts";
import { commandsOf, readDocument, root } from "../../docs/document.ts";
import {
  environmentFor,
  longestMs,
  output,
  pythonTools,
  temporaryFolder,
} from "./fetched-tools.ts";
import { account } from "./running-server.ts";

const arnOf = (name: string): string =>
  `arn:aws:states:${account.region}:${account.accountId}:stateMachine:${name}`;
const template = `Resources:
  Topic:
    Type: AWS::SNS::Topic
`;

/** A server with the workflows that pages name, and a folder with their files. */
async function surroundings() {
  const folder = temporaryFolder();
  const { url } = await ownServer({
    ...account,
    objectFolder: join(folder, "s3"),
    deployedFolder: join(folder, "deployed"),
    standInServices: "memory",
    telemetry: {},
  });
  const states = new SFNClient({
    endpoint: url,
    region: account.region,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  onTestFinished(() => states.destroy());
  const definition = '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}';
  const roleArn = `arn:aws:iam::${account.accountId}:role/any`;
  for (const name of ["order-processing", "Orders"]) {
    await states.send(new CreateStateMachineCommand({ name, definition, roleArn }));
  }
  const handler = "export const handler = async ({ name }) => ({ text: `Hello ${name}` });\n";
  writeFileSync(join(folder, "index.mjs"), handler);
  writeFileSync(join(folder, "template.yaml"), template);
  writeFileSync(
    join(folder, "code.zip"),
    writeZip([{ path: "index.mjs", content: Buffer.from(handler) }]),
  );
  return { folder, url };
}

/** Whose commands of the AWS CLI are complete: elsewhere something is left to the reader. */
const pages = [
  ["README.md", "root"],
  ["docs/aws-endpoint.md", "files"],
  ["docs/functions.md", "files"],
  ["docs/triggers.md", "files"],
  ["docs/metrics.md", "files"],
  ["docs/deploy.md", "files"],
] as const;

describe.skipIf(pythonTools === undefined)("with the AWS CLI", () => {
  test.each(pages)(
    "what %s says to type is taken",
    async (path, place) => {
      const { folder, url } = await surroundings();
      const cwd = place === "root" ? root : folder;
      const env = {
        ...environmentFor(url),
        PATH: `${join(pythonTools ?? "", "bin")}:${process.env["PATH"] ?? ""}`,
        ARN: arnOf("Orders"),
      };
      const lines = commandsOf(readDocument(path)).filter((line) => line.startsWith("aws "));
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        const typed = line
          .replaceAll("http://127.0.0.1:8083", url)
          // PyPI has version 1 of the AWS CLI, which takes payloads as they are.
          .replace(" --cli-binary-format raw-in-base64-out", "");
        await output("sh", ["-c", typed], { cwd, env });
      }
    },
    longestMs,
  );
});

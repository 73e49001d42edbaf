import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stepwell, temporaryFolder } from "./stepwell.ts";

/** The machine's own AWS configuration must not be used. */
const nothing = {
  AWS_CONFIG_FILE: "/nonexistent",
  AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
  AWS_EC2_METADATA_DISABLED: "true",
  AWS_ACCESS_KEY_ID: "",
  AWS_ENDPOINT_URL: "",
};

interface Report {
  readonly integrations: readonly {
    readonly name: string;
    readonly usable: boolean;
    readonly way: string;
    readonly because: string;
    readonly todo?: string;
  }[];
}

test("says of every integration by which way it goes, and what to do where it does not", async () => {
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, "functions"));
  writeFileSync(
    join(cwd, "stepwell.config.json"),
    JSON.stringify({
      aws: { services: { sqs: { endpoint: "http://127.0.0.1:9324" } } },
      standIns: { "glue:*": { command: "./glue.sh" }, "batch:submitJob.sync": { result: {} } },
    }),
  );
  const { status, stdout } = await stepwell(["doctor", "--json"], { cwd, env: nothing });
  expect(status).toBe(0);
  const { integrations } = JSON.parse(stdout) as Report;
  const of = (name: string) => integrations.find((one) => one.name === name);
  expect(of("SQS")).toMatchObject({ usable: true, way: "endpoint" });
  expect(of("Glue")).toMatchObject({
    usable: true,
    way: "stand-in",
    because: "glue:startJobRun is the command ./glue.sh",
  });
  expect(of("Batch")?.because).toContain("beside that batch:submitJob is always the same result");
  expect(of("Lambda")).toMatchObject({ usable: true, way: "local functions" });
  expect(of("S3")).toMatchObject({ usable: true, way: "folder" });
  expect(of("SNS")).toMatchObject({ usable: false, way: "none" });
  expect(of("SNS")?.todo).toContain("AWS_ENDPOINT_URL_SNS=http://");
  expect(of("Step Functions")).toMatchObject({ usable: true, way: "this server" });
  const text = await stepwell(["doctor"], { cwd, env: nothing });
  expect(text.stdout).toMatch(/^SQS +yes +endpoint/m);
});

test("--check looks at single resources, and fails if one cannot be used", async () => {
  const cwd = temporaryFolder();
  const env = { ...nothing, AWS_ENDPOINT_URL: "http://127.0.0.1:4566" };
  const check = (...resources: string[]) =>
    stepwell(["doctor", "--check", ...resources, "--json"], { cwd, env });
  const good = await check("sqs:sendMessage", "aws-sdk:dynamodb:listTables", "http:invoke");
  expect(good.status).toBe(0);
  const bad = await check("aws-sdk:voiceid:listDomains", "aws-sdk:s3:nothing", "sts:assumeRole");
  expect(bad.status).toBe(1);
  const { integrations } = JSON.parse(bad.stdout) as Report;
  expect(integrations.map(({ usable }) => usable)).toEqual([false, false, false]);
  expect(integrations[0]?.todo).toBe("stepwell add voiceid");
  expect(integrations[1]?.because).toContain("has no operation nothing");
  expect((await stepwell(["doctor", "sqs:sendMessage"], { cwd })).status).toBe(2);
});

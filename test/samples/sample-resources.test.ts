import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import type { TaskResource } from "../../src/asl/resources/resource.ts";
import { parseResource } from "../../src/asl/resources/parse-resource.ts";
import { wantedClient } from "../../src/cli/client-folder.ts";
import { isJsonObject, type JsonValue, ownMember } from "../../src/expression/json.ts";
import { installCommand } from "../../src/integrations/aws/call-failures.ts";
import { calledClient } from "../../src/integrations/called-client.ts";
import { notAvailable } from "../../src/integrations/not-available.ts";
import { createTaskHandlers } from "../../src/integrations/task-handlers.ts";

const folder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));
const names = existsSync(folder) ? readdirSync(folder) : [];

/** The `Resource` of every Task, also in definitions that are no JSON as they stand. */
function resourcesIn(name: string): readonly string[] {
  const text = readFileSync(join(folder, name), "utf8");
  const written = name.endsWith(".yaml")
    ? tasksIn(parseYaml(text) as JsonValue)
    : [...text.matchAll(/"Resource"\s*:\s*"([^"]+)"/g)].map(([, resource = ""]) => resource);
  return written.map((resource) =>
    resource
      .replaceAll(/\$\{(?:AWS::P|p)artition\}/g, "aws")
      .replace(/^\$\{\w*Activity\w*\}$/, "arn:aws:states:us-east-1:123456789012:activity:a")
      .replace(/^\$\{\w+\}$/, "arn:aws:lambda:us-east-1:123456789012:function:f"),
  );
}

function tasksIn(value: JsonValue): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(tasksIn);
  if (!isJsonObject(value)) return [];
  const resource = ownMember(value, "Resource");
  const own = typeof resource === "string" ? [resource] : [];
  return [...own, ...Object.values(value).flatMap(tasksIn)];
}

/** Only in ItemReader and ResultWriter. */
const isMapData = /:states:::s3:(?:listObjectsV2|getObject|putObject)$/;

const resources = [...new Set(names.flatMap(resourcesIn))].filter((one) => !isMapData.test(one));

/** The clients that samples need and that do not ship, and what installs them. */
const added: { readonly [packageName: string]: string } = {
  "@aws-sdk/client-api-gateway": "apigateway",
  "@aws-sdk/client-athena": "athena",
  "@aws-sdk/client-auto-scaling": "autoscaling",
  "@aws-sdk/client-batch": "batch",
  "@aws-sdk/client-bedrock": "bedrock",
  "@aws-sdk/client-bedrock-runtime": "bedrockruntime",
  "@aws-sdk/client-cloudwatch": "cloudwatch",
  "@aws-sdk/client-codebuild": "codebuild",
  "@aws-sdk/client-config-service": "config",
  "@aws-sdk/client-databrew": "databrew",
  "@aws-sdk/client-ec2": "ec2",
  "@aws-sdk/client-ecs": "ecs",
  "@aws-sdk/client-eks": "eks",
  "@aws-sdk/client-emr": "emr",
  "@aws-sdk/client-emr-containers": "emrcontainers",
  "@aws-sdk/client-emr-serverless": "emrserverless",
  "@aws-sdk/client-glue": "glue",
  "@aws-sdk/client-iotanalytics": "iotanalytics",
  "@aws-sdk/client-lookoutvision": "lookoutvision",
  "@aws-sdk/client-mediaconvert": "mediaconvert",
  "@aws-sdk/client-organizations": "organizations",
  "@aws-sdk/client-polly": "polly",
  "@aws-sdk/client-redshift-data": "redshiftdata",
  "@aws-sdk/client-rekognition": "rekognition",
  "@aws-sdk/client-sagemaker": "sagemaker",
  "@aws-sdk/client-support": "support",
  "@aws-sdk/client-textract": "textract",
  "@aws-sdk/client-transcribe": "transcribe",
};

const { dependencies } = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../package.json", import.meta.url)), "utf8"),
) as { readonly dependencies: { readonly [name: string]: string } };

describe.skipIf(names.length === 0)("resources of samples (need ../shared/samples)", () => {
  const handlers = createTaskHandlers({
    clock: { now: Date.now, schedule: () => () => {} },
    ids: { uuid: () => "id", seed: () => 1 },
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    stepFunctions: { call: () => Promise.reject(new Error("nobody is called")) },
    region: "us-east-1",
    accountId: "123456789012",
  });
  afterAll(() => handlers.close());

  test("there are many", () => {
    expect(resources.length).toBeGreaterThan(80);
  });

  test.each(resources)(
    "%s has a handler, a client, and a command where it does not ship",
    (arn) => {
      const { resource } = parseResource(arn) as { readonly resource: TaskResource };
      expect(resource).toBeDefined();
      if (resource.kind === "activity") return;
      expect(handlers.find(resource)).not.toBe(notAvailable);
      const called = calledClient(resource);
      if (called === undefined) {
        const { resourceType } = resource as { readonly resourceType?: string };
        expect(["states", "http", "apigateway", "eks", "aws-sdk:sfn"]).toContain(resourceType);
        return;
      }
      const { packageName } = called;
      if (Object.hasOwn(dependencies, packageName)) return;
      expect(installCommand(packageName)).toBe(`stepwell add ${added[packageName]}`);
      expect(wantedClient(added[packageName] as string).packageName).toBe(packageName);
    },
  );
});

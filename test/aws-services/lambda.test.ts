import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  AddPermissionCommand,
  CreateAliasCommand,
  CreateFunctionCommand,
  type CreateFunctionCommandInput,
  DeleteAliasCommand,
  DeleteFunctionCommand,
  GetAccountSettingsCommand,
  GetAliasCommand,
  GetFunctionCodeSigningConfigCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  GetLayerVersionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  RemovePermissionCommand,
  TagResourceCommand,
  UpdateAliasCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { describe, expect, onTestFinished, test } from "vitest";
import { checksumOf } from "../../src/integrations/functions/deployed/code-store.ts";
import { writeZip } from "../../src/integrations/functions/archive/write-zip.ts";
import type { StepwellOptions } from "../../src/server/stepwell-options.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { ownServer } from "../api/own-server.ts";
import { accountId, region, roleArn } from "../api/start-server.ts";

async function started(options: Partial<StepwellOptions> = {}) {
  const store = createMemoryStore();
  const server = await ownServer({ store, ...options });
  const settings = {
    endpoint: server.url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    forcePathStyle: true,
  };
  const lambda = new LambdaClient(settings);
  const s3 = new S3Client(settings);
  onTestFinished(() => [lambda, s3].forEach((client) => client.destroy()));
  const create = (code: string, more: Partial<CreateFunctionCommandInput> = {}) =>
    lambda.send(
      new CreateFunctionCommand({
        FunctionName: "greet",
        Runtime: "nodejs22.x",
        Handler: "index.handler",
        Role: roleArn,
        Code: { ZipFile: zipOf({ "index.mjs": code }) },
        ...more,
      }),
    );
  const invoke = async (FunctionName: string, event: unknown = {}, more = {}) => {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...more }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString();
    return { ...answer, result: text === "" ? undefined : (JSON.parse(text) as unknown) };
  };
  const codeDocuments = async () => (await store.documents("lambda.code", { limit: 100 })).items;
  return { ...server, lambda, s3, create, invoke, codeDocuments };
}

function zipOf(files: { readonly [path: string]: string }): Uint8Array {
  return writeZip(
    Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) })),
  );
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "stepwell-functions-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const greeting = `
export const handler = async ({ name }, context) => {
  console.log("greeting", name);
  return { text: process.env.WORD + " " + name, version: context.functionVersion, arn: context.invokedFunctionArn };
};`;
const arn = `arn:aws:lambda:${region}:${accountId}:function:greet`;

describe("a deployed function", () => {
  test("is described as it was made, active at once, and called with its environment", async () => {
    const { lambda, create, invoke, mistakes } = await started();
    const made = await create(greeting, {
      Environment: { Variables: { WORD: "Hello" } },
      Timeout: 10,
      Tags: { team: "a" },
    });
    expect(made).toMatchObject({
      $metadata: { httpStatusCode: 201 },
      FunctionArn: arn,
      State: "Active",
      LastUpdateStatus: "Successful",
      Version: "$LATEST",
      Timeout: 10,
      MemorySize: 128,
      PackageType: "Zip",
      Architectures: ["x86_64"],
      Environment: { Variables: { WORD: "Hello" } },
    });
    expect(made.CodeSha256).toMatch(/^[\w+/]{43}=$/);
    expect(made.LastModified).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+0000$/);
    await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 5 }, { FunctionName: "greet" });
    expect(await lambda.send(new GetFunctionCommand({ FunctionName: arn }))).toMatchObject({
      Configuration: { FunctionName: "greet", RevisionId: made.RevisionId },
      Tags: { team: "a" },
    });
    const answer = await invoke("greet", { name: "Ada" }, { LogType: "Tail" });
    expect(answer).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: "$LATEST",
      result: { text: "Hello Ada", version: "$LATEST", arn },
    });
    expect(Buffer.from(answer.LogResult ?? "", "base64").toString()).toContain("greeting Ada");
    expect(await invoke("greet", {}, { InvocationType: "DryRun" })).toMatchObject({
      StatusCode: 204,
    });
    expect(await invoke("greet", {}, { InvocationType: "Event" })).toMatchObject({
      StatusCode: 202,
    });
    expect(mistakes).toEqual([]);
  });

  test("is what a Task calls, by name and by alias, before one of the folder, after one of the configuration", async () => {
    const functionsFolder = await temporaryFolder();
    await mkdir(join(functionsFolder, "greet"));
    const inFolder = `export const handler = () => "of the folder";`;
    await writeFile(join(functionsFolder, "greet", "index.mjs"), inFolder);
    const server = await started({
      functionsFolder,
      functions: { fixed: { command: ["printf", '"configured"'] } },
    });
    const { lambda, create } = server;
    await create(`export const handler = async (event) => ({ first: event.n });`);
    await create(`export const handler = async () => "deployed";`, { FunctionName: "fixed" });
    await lambda.send(new PublishVersionCommand({ FunctionName: "greet" }));
    await lambda.send(
      new CreateAliasCommand({ FunctionName: "greet", Name: "live", FunctionVersion: "1" }),
    );
    await lambda.send(
      new UpdateFunctionCodeCommand({
        FunctionName: "greet",
        ZipFile: zipOf({ "index.mjs": `export const handler = async (e) => ({ second: e.n });` }),
      }),
    );
    const task = (FunctionName: string, more: object) => ({
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Arguments: { FunctionName, Payload: { n: 7 } },
      Output: "{% $states.result.[ExecutedVersion, Payload] %}",
      ...more,
    });
    const executionArn = await server.start({
      QueryLanguage: "JSONata",
      StartAt: "Latest",
      States: {
        Latest: task("greet", { Assign: { a: "{% $states.result.Payload %}" }, Next: "Alias" }),
        Alias: task(`${arn}:live`, { Assign: { b: "{% $states.result %}" }, Next: "Configured" }),
        Configured: task("fixed", {
          Output: "{% [$a, $b.ExecutedVersion, $b.Payload, $states.result.Payload] %}",
          End: true,
        }),
      },
    });
    await expect
      .poll(async () => (await server.history(executionArn)).at(-1), { timeout: 20_000 })
      .toMatchObject({
        type: "ExecutionSucceeded",
        executionSucceededEventDetails: {
          output: JSON.stringify([{ second: 7 }, "1", { first: 7 }, "configured"]),
        },
      });
  });

  test("fails as on Lambda: with its error document, and with what cannot be loaded", async () => {
    const { create, invoke } = await started();
    await create(`export const handler = async () => { throw new RangeError("no"); };`);
    expect(await invoke("greet")).toMatchObject({
      FunctionError: "Unhandled",
      result: { errorType: "RangeError", errorMessage: "no" },
    });
    await create("", { FunctionName: "gone", Handler: "other.handler" });
    expect(await invoke("gone")).toMatchObject({
      FunctionError: "Unhandled",
      result: { errorType: "Runtime.InvalidEntrypoint" },
    });
    await expect(invoke("nobody")).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: `Function not found: ${arn.replace("greet", "nobody")}`,
    });
    await expect(invoke("greet:live")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  test("calls back with the server's address and sees nothing of the server's own environment", async () => {
    process.env["SECRET_OF_THE_SERVER"] = "x";
    onTestFinished(() => void delete process.env["SECRET_OF_THE_SERVER"]);
    const { create, invoke, url } = await started();
    await create(`export const handler = async () => process.env;`, { MemorySize: 512 });
    const { result } = await invoke("greet");
    expect(result).toMatchObject({
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: "local",
      AWS_REGION: region,
      AWS_LAMBDA_FUNCTION_NAME: "greet",
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
      _HANDLER: "index.handler",
    });
    expect(result).not.toHaveProperty("SECRET_OF_THE_SERVER");
  });

  test("in Python is a module of a package, and finds what a layer has", async () => {
    const { lambda, create, invoke } = await started();
    const folder = await temporaryFolder();
    // An archive that somebody else's program has made, with folders and without compression.
    execFileSync("python3", [
      "-c",
      `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as z:
    z.mkdir("app") if hasattr(z, "mkdir") else None
    z.writestr("app/__init__.py", "")
    z.writestr("app/words.py", "word = 'hej'")
    z.writestr("app/main.py", "from .words import word\\nfrom shared import end\\nimport os\\ndef handler(event, context):\\n    return [word, end, context.function_version, os.environ['TZ']]")`,
      join(folder, "app.zip"),
    ]);
    const layer = await lambda.send(
      new PublishLayerVersionCommand({
        LayerName: "shared",
        Content: { ZipFile: zipOf({ "python/shared.py": "end = '!'" }) },
      }),
    );
    expect(layer).toMatchObject({ Version: 1 });
    await create("", {
      Runtime: "python3.12",
      Handler: "app/main.handler",
      Layers: [layer.LayerVersionArn ?? ""],
      Code: { ZipFile: await readFile(join(folder, "app.zip")) },
    });
    expect(await invoke("greet")).toMatchObject({ result: ["hej", "!", "$LATEST", "UTC"] });
    const read = new GetLayerVersionCommand({ LayerName: "shared", VersionNumber: 1 });
    expect((await lambda.send(read)).Content?.CodeSha256).toBe(layer.Content?.CodeSha256);
  });
});

describe("changes of a function", () => {
  test("make another revision, which the next call sees; code that nobody has any more is removed", async () => {
    const deployedFolder = await temporaryFolder();
    const { lambda, create, invoke, codeDocuments } = await started({ deployedFolder });
    const FunctionName = "greet";
    const { RevisionId } = await create(`export const handler = async () => 1;`);
    expect((await invoke("greet")).result).toBe(1);
    expect(await codeDocuments()).toHaveLength(2);
    const ZipFile = zipOf({
      "index.mjs": `export const handler = async () => process.env.WORD ?? 2;`,
    });
    const dry = await lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName, ZipFile, DryRun: true }),
    );
    expect((await invoke("greet")).result).toBe(1);
    const changed = await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
    expect(changed.CodeSha256).toBe(dry.CodeSha256);
    expect((await invoke("greet")).result).toBe(2);
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName,
        Environment: { Variables: { WORD: "other" } },
      }),
    );
    await expect(
      lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 4, RevisionId })),
    ).rejects.toMatchObject({ name: "PreconditionFailedException" });
    expect((await invoke("greet")).result).toBe("other");
    expect(await codeDocuments()).toHaveLength(2);
    expect(await readdir(deployedFolder)).toContain(
      Buffer.from(changed.CodeSha256 ?? "", "base64").toString("hex"),
    );
    await lambda.send(new DeleteFunctionCommand({ FunctionName }));
    expect(await codeDocuments()).toEqual([]);
    await expect(invoke("greet")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(lambda.send(new DeleteFunctionCommand({ FunctionName }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      Type: "User",
    });
  });

  test("are kept as versions that stay, which aliases name and share calls out to", async () => {
    const { lambda, create, invoke } = await started();
    const FunctionName = "greet";
    const code = (n: number) => `export const handler = async () => ${n};`;
    const first = await create(code(1), { Publish: true });
    expect(first).toMatchObject({ Version: "1", FunctionArn: `${arn}:1` });
    const again = await lambda.send(new PublishVersionCommand({ FunctionName }));
    expect(again.Version).toBe("1");
    const ZipFile = zipOf({ "index.mjs": code(2) });
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile, Publish: true }));
    const { Versions = [] } = await lambda.send(
      new ListVersionsByFunctionCommand({ FunctionName }),
    );
    expect(Versions.map(({ Version }) => Version)).toEqual(["$LATEST", "1", "2"]);
    const Name = "live";
    await expect(
      lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion: "9" })),
    ).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion: "1" }));
    await expect(
      lambda.send(new CreateAliasCommand({ FunctionName, Name, FunctionVersion: "1" })),
    ).rejects.toMatchObject({ name: "ResourceConflictException" });
    expect(await invoke("greet:live")).toMatchObject({ result: 1, ExecutedVersion: "1" });
    await expect(
      lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: "1" })),
    ).rejects.toMatchObject({ name: "ResourceConflictException" });
    await lambda.send(
      new UpdateAliasCommand({
        FunctionName,
        Name,
        RoutingConfig: { AdditionalVersionWeights: { 2: 1 } },
      }),
    );
    expect(await invoke("greet", {}, { Qualifier: Name })).toMatchObject({
      result: 2,
      ExecutedVersion: "2",
    });
    expect(await lambda.send(new GetAliasCommand({ FunctionName, Name }))).toMatchObject({
      AliasArn: `${arn}:live`,
      FunctionVersion: "1",
      RoutingConfig: { AdditionalVersionWeights: { 2: 1 } },
    });
    expect(
      await lambda.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: Name })),
    ).toMatchObject({ Version: "1", CodeSha256: first.CodeSha256 });
    await lambda.send(new DeleteAliasCommand({ FunctionName, Name }));
    expect((await lambda.send(new ListAliasesCommand({ FunctionName }))).Aliases).toEqual([]);
    await lambda.send(new DeleteFunctionCommand({ FunctionName, Qualifier: "1" }));
    await expect(invoke("greet:1")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });
});

describe("what deploying tools ask of Lambda", () => {
  test("code comes from a bucket of this server", async () => {
    const objectFolder = await temporaryFolder();
    const { s3, create, invoke } = await started({ objectFolder });
    await s3.send(new CreateBucketCommand({ Bucket: "assets" }));
    const Body = zipOf({ "app/index.js": `exports.handler = async () => "from S3";` });
    await s3.send(new PutObjectCommand({ Bucket: "assets", Key: "a/code.zip", Body }));
    await create("", {
      Handler: "app/index.handler",
      Code: { S3Bucket: "assets", S3Key: "a/code.zip" },
    });
    expect((await invoke("greet")).result).toBe("from S3");
    await expect(
      create("", { FunctionName: "b", Code: { S3Bucket: "assets", S3Key: "gone.zip" } }),
    ).rejects.toMatchObject({
      name: "InvalidParameterValueException",
      message:
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.",
    });
  });

  test("permissions, tags, concurrency, code signing and the account's settings are answered", async () => {
    const { lambda, create, invoke } = await started();
    const FunctionName = "greet";
    await create(greeting);
    const permission = {
      FunctionName,
      StatementId: "events",
      Action: "lambda:InvokeFunction",
      Principal: "events.amazonaws.com",
      SourceArn: `arn:aws:events:${region}:${accountId}:rule/r`,
    };
    const { Statement = "" } = await lambda.send(new AddPermissionCommand(permission));
    expect(JSON.parse(Statement)).toEqual({
      Sid: "events",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: arn,
      Condition: { ArnLike: { "AWS:SourceArn": permission.SourceArn } },
    });
    await expect(lambda.send(new AddPermissionCommand(permission))).rejects.toMatchObject({
      name: "ResourceConflictException",
    });
    const { Policy = "" } = await lambda.send(new GetPolicyCommand({ FunctionName }));
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Sid: "events" }] });
    await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: "events" }));
    await expect(lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
    });
    await lambda.send(new TagResourceCommand({ Resource: arn, Tags: { team: "a" } }));
    expect(await lambda.send(new ListTagsCommand({ Resource: arn }))).toMatchObject({
      Tags: { team: "a" },
    });
    expect(
      await lambda.send(new GetFunctionCodeSigningConfigCommand({ FunctionName })),
    ).toMatchObject({ FunctionName });
    await lambda.send(
      new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
    );
    await expect(invoke("greet")).rejects.toMatchObject({ name: "TooManyRequestsException" });
    expect(await lambda.send(new GetAccountSettingsCommand({}))).toMatchObject({
      AccountUsage: { FunctionCount: 1 },
    });
    expect((await lambda.send(new ListFunctionsCommand({}))).Functions).toMatchObject([
      { FunctionName },
    ]);
  });

  test.each([
    [{ Runtime: "java21" as const }, /runs functions of the runtimes nodejs\* and python3\*/],
    [{ Runtime: undefined }, /Runtime and Handler are mandatory/],
    [{ PackageType: "Image" as const, Runtime: undefined }, /no container images/],
    [{ Code: { ZipFile: Buffer.from("no zip") } }, /Could not unzip uploaded file/],
    [{ Environment: { Variables: { AWS_REGION: "x" } } }, /reserved keys.*AWS_REGION/],
    [{ Role: "nobody" }, /failed to satisfy constraint/],
    [{ Timeout: 901 }, /from 1 to 900/],
    [{ FunctionName: "a b" }, /regular expression pattern/],
    [{ Layers: [`arn:aws:lambda:${region}:${accountId}:layer:none:1`] }, /does not exist/],
  ])("what cannot be made is refused, and nothing of it stays: %j", async (more, message) => {
    const { create, codeDocuments } = await started();
    await expect(create(greeting, more)).rejects.toThrow(message);
    expect(await codeDocuments()).toEqual([]);
  });

  test("a function that is there already is not made again", async () => {
    const { create } = await started();
    await create(greeting);
    await expect(create(greeting)).rejects.toMatchObject({
      name: "ResourceConflictException",
      message: "Function already exist: greet",
    });
  });
});

test("no code is taken where the configuration says so, and what is there stays", async () => {
  const { lambda, create } = await started({ takesFunctionCode: false });
  const refused = {
    name: "AccessDeniedException",
    message:
      "This Stepwell takes no code of functions: 'deployedFunctions' of its configuration is false",
  };
  await expect(create("exports.handler = () => 1;")).rejects.toMatchObject(refused);
  await expect(
    lambda.send(
      new PublishLayerVersionCommand({ LayerName: "l", Content: { ZipFile: new Uint8Array(1) } }),
    ),
  ).rejects.toMatchObject(refused);
  expect(await lambda.send(new ListFunctionsCommand({}))).toMatchObject({ Functions: [] });
});

test("the code of a function is fetched from the address that GetFunction tells, by nobody who has made one up", async () => {
  const { lambda, create } = await started();
  const { CodeSha256 } = await create("exports.handler = () => 1;");
  const { Code } = await lambda.send(new GetFunctionCommand({ FunctionName: "greet" }));
  const location = Code?.Location ?? "";
  const fetched = await fetch(location);
  const archive = Buffer.from(await fetched.arrayBuffer());
  expect(checksumOf(archive).codeSha256).toBe(CodeSha256);
  const [, hash = "", until = "", seal = ""] =
    /([0-9a-f]+)\.(\d+)\.([0-9a-f]+)$/.exec(location) ?? [];
  const madeUp = location.replace(`${hash}.${until}`, `${hash}.${Number(until) + 60_000}`);
  expect((await fetch(madeUp)).status).toBe(403);
  expect((await fetch(location.replace(seal, ""))).status).toBe(403);
});

import { describe, expect, test } from "vitest";
import { textOf } from "../../src/deploy/text-of.ts";
import type { JsonObject } from "../../src/expression/json.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { stackTester } from "./stack-tester.ts";

/** Answers as CDK's handlers do: by HTTPS to the host of the URL, at the port that HTTPS has by itself. */
const handler = `
  const https = require("https");
  const url = require("url");
  exports.handler = async (event) => {
    const { RequestType, ResourceProperties: wanted, PhysicalResourceId: before } = event;
    console.log(JSON.stringify(event));
    if (wanted.Throws === RequestType) throw new Error("not today");
    const { hostname, path } = url.parse(event.ResponseURL);
    const body = JSON.stringify({
      Status: wanted.Fails === RequestType ? "FAILED" : "SUCCESS",
      Reason: "as it was asked for",
      PhysicalResourceId: RequestType === "Delete" ? before : "thing-" + wanted.Id,
      StackId: event.StackId, RequestId: event.RequestId, LogicalResourceId: event.LogicalResourceId,
      NoEcho: wanted.IsSecret === "true",
      Data: { Said: RequestType + " " + wanted.Size + " " + (event.OldResourceProperties?.Size ?? "-"), "Nested.Name": "n" },
    });
    await new Promise((resolve, reject) => {
      const request = https.request({ hostname, path, method: "PUT", headers: { "content-type": "", "content-length": body.length } }, (answer) => {
        answer.resume();
        answer.statusCode < 300 ? resolve() : reject(new Error("status " + answer.statusCode));
      });
      request.on("error", reject);
      request.end(body);
    });
  };
`;

const shared = {
  Maker: {
    Type: "AWS::Lambda::Function",
    Properties: {
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Timeout: 20,
      Role: "arn:aws:iam::123456789012:role/maker",
      Code: { ZipFile: handler },
    },
  },
};

function template(thing: JsonObject, more: JsonObject = {}): string {
  return JSON.stringify({
    Resources: {
      ...shared,
      Thing: {
        Type: "Custom::Thing",
        Properties: { ServiceToken: { "Fn::GetAtt": ["Maker", "Arn"] }, ...thing },
      },
      ...more,
    },
    Outputs: {
      Id: { Value: { Ref: "Thing" } },
      Said: { Value: { "Fn::GetAtt": ["Thing", "Said"] } },
      Nested: { Value: { "Fn::GetAtt": ["Thing", "Nested.Name"] } },
    },
  });
}

/** Cannot be made, once the thing has been. */
const impossible = {
  Impossible: {
    Type: "AWS::SSM::Parameter",
    DependsOn: "Thing",
    Properties: { Type: "String", Name: "/app/${", Value: "" },
  },
};

function outputsOf(stack: JsonObject): { readonly [name: string]: string } {
  return Object.fromEntries(
    ((stack["Outputs"] ?? []) as readonly JsonObject[]).map(({ OutputKey, OutputValue }) => [
      textOf(OutputKey),
      textOf(OutputValue),
    ]),
  );
}

async function makers() {
  let printed = "";
  const tester = await stackTester(createMemoryStore(), {
    listens: true,
    functionLogs: (_name, _stream, text) => (printed += text),
  });
  /** What the function was asked for, and of which thing. */
  const requests = (): readonly string[] =>
    printed
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as JsonObject)
      .map(({ RequestType, PhysicalResourceId }) =>
        [RequestType, PhysicalResourceId].filter(Boolean).map(textOf).join(" "),
      );
  return { ...tester, requests };
}

describe("a custom resource", () => {
  test("is made, changed, replaced and deleted by its function, which is told what was before", async () => {
    const { deploy, requests, mistakes, call, settled } = await makers();
    const made = await deploy("app", template({ Id: "a", Size: 1 }));
    expect(made).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
    expect(outputsOf(made as JsonObject)).toEqual({
      Id: "thing-a",
      Said: "Create 1 -",
      Nested: "n",
    });
    const changed = await deploy("app", template({ Id: "a", Size: 2 }));
    expect(outputsOf(changed as JsonObject)).toMatchObject({ Id: "thing-a", Said: "Update 2 1" });
    const replaced = await deploy("app", template({ Id: "b", Size: 2, IsSecret: true }));
    expect(replaced).toMatchObject({ StackStatus: "UPDATE_COMPLETE" });
    expect(outputsOf(replaced as JsonObject)).toEqual({
      Id: "thing-b",
      Said: "****",
      Nested: "****",
    });
    await call("cloudformation", "DeleteStack", { StackName: "app" });
    await settled("app").catch(() => undefined);
    expect(requests()).toEqual([
      "Create",
      "Update thing-a",
      "Update thing-a",
      "Delete thing-a",
      "Delete thing-b",
    ]);
    expect(mistakes).toEqual([]);
  }, 60_000);

  test("that cannot be changed, or is in a change that fails, is given back what it was", async () => {
    const { deploy, requests, reasons, mistakes } = await makers();
    await deploy("app", template({ Id: "a", Size: 1 }));
    const failed = await deploy("app", template({ Id: "a", Size: 2, Fails: "Update" }));
    expect(failed).toMatchObject({ StackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    expect((await reasons("app"))[0]).toMatch(
      /^Thing: Received response status \[FAILED\] from custom resource. Message returned: as it was asked for \(RequestId: [-0-9a-f]{36}\)$/,
    );
    const undone = await deploy("app", template({ Id: "b", Size: 2 }, impossible));
    expect(undone).toMatchObject({ StackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    expect(outputsOf(undone as JsonObject)).toMatchObject({ Id: "thing-a" });
    expect(requests()).toEqual([
      "Create",
      "Update thing-a",
      "Update thing-a",
      "Update thing-a",
      // What was made for another id goes; what was there has never gone.
      "Delete thing-b",
    ]);
    expect(mistakes).toEqual([]);
  }, 60_000);

  test("whose function throws fails at once with its error, and is deleted by an id that was made up", async () => {
    const { deploy, requests, reasons } = await makers();
    const failed = await deploy("app", template({ Id: "a", Throws: "Create" }));
    expect(failed).toMatchObject({ StackStatus: "ROLLBACK_COMPLETE" });
    expect(await reasons("app")).toEqual([
      expect.stringMatching(
        /^Thing: The function of the custom resource failed without an answer: Error: not today/,
      ),
    ]);
    expect(requests()).toEqual(["Create", expect.stringMatching(/^Delete app-Thing-/)]);
  }, 60_000);

  test("is answered by the modules that code in a template finds", async () => {
    const { deploy, reasons } = await stackTester(createMemoryStore(), { listens: true });
    const maker = (Runtime: string, ZipFile: string) => ({
      Type: "AWS::Lambda::Function",
      Properties: {
        Runtime,
        Handler: "index.handler",
        Timeout: 20,
        Role: "arn:aws:iam::123456789012:role/maker",
        Code: { ZipFile },
      },
    });
    const thing = (by: string) => ({
      Type: "AWS::CloudFormation::CustomResource",
      Properties: { ServiceToken: { "Fn::GetAtt": [by, "Arn"] } },
    });
    const stack = await deploy(
      "app",
      JSON.stringify({
        Resources: {
          Node: maker(
            "nodejs22.x",
            `const response = require("cfn-response");
             exports.handler = (event, context) => response.send(event, context, response.SUCCESS, { By: "node" }, "node");`,
          ),
          Python: maker(
            "python3.13",
            `import cfnresponse\ndef handler(event, context):\n  cfnresponse.send(event, context, cfnresponse.SUCCESS, {"By": "python"}, "python")`,
          ),
          One: thing("Node"),
          Two: thing("Python"),
        },
        Outputs: {
          One: { Value: { "Fn::Sub": "${One} ${One.By}" } },
          Two: { Value: { "Fn::Sub": "${Two} ${Two.By}" } },
        },
      }),
    );
    expect(await reasons("app")).toEqual([]);
    expect(outputsOf(stack as JsonObject)).toEqual({ One: "node node", Two: "python python" });
  }, 60_000);
});

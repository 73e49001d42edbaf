import * as s3 from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import type { SdkModule } from "./client-modules.ts";
import { sdkStyle } from "./member-names.ts";
import { sdkOperation } from "./sdk-call.ts";
import { sdkShape } from "./sdk-shape.ts";
import { unsupportedMembers } from "./unsupported-members.ts";

function found(action: string, written: JsonObject, language: "JSONPath" | "JSONata" = "JSONPath") {
  const schema = sdkOperation(s3 as unknown as SdkModule, action)?.schema ?? [];
  return unsupportedMembers(sdkShape(schema[4]), written, sdkStyle, language);
}

test("members that the operation does not have are found at any depth, in lists and where they are computed", () => {
  const written = {
    Bucket: "b",
    "Buckett.$": "$.b",
    Delete: { Objects: [{ Key: "a" }, { "Key.$": "$.k", Kee: "b" }], quite: true },
  };
  expect(found("deleteObjects", written)).toEqual(["Buckett", "Kee", "quite"]);
});

test("names are those of SDK integrations, or the API's; what is computed or any document is not looked into", () => {
  const written = { Bucket: "b", "Key.$": "$", SsekmsKeyId: "k", ETag: 1, Body: { any: 1 } };
  expect(found("putObject", written)).toEqual(["ETag"]);
  expect(found("putObject", { Bucket: "{% $b %}", Tagging: "{% $x %}" }, "JSONata")).toEqual([]);
  expect(found("putObject", { "Bucket.$": "$.b" }, "JSONata")).toEqual(["Bucket.$"]);
});

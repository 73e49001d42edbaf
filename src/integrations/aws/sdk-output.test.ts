import { expect, test } from "vitest";
import { optimizedStyle, sdkStyle } from "./member-names.ts";
import { sdkOutput } from "./sdk-output.ts";
import { sdkShape } from "./sdk-shape.ts";

const names = ["Body", "SSEKMSKeyId", "LastModified", "ETag", "Metadata", "Data", "Tags", "Count"];
const output = sdkShape([3, "n", "Output", 0, names, [42, 0, 4, 0, 128, 21, 64, 1]]);

test("a result has members in alphabetical order, its streamed content last, and no metadata", () => {
  const shown = sdkOutput(
    output,
    {
      $metadata: { requestId: "r" },
      SSEKMSKeyId: "key",
      Body: Buffer.from("content"),
      LastModified: new Date("2026-01-02T03:04:05Z"),
      ETag: '"e"',
      Metadata: { z: "1", a: "2" },
      Data: undefined,
      Tags: ["x"],
      Count: 3n,
      Unknown: 1,
    },
    sdkStyle,
  );
  expect(JSON.stringify(shown)).toBe(
    String.raw`{"Count":3,"ETag":"\"e\"","LastModified":"2026-01-02T03:04:05Z","Metadata":{"z":"1","a":"2"},"SsekmsKeyId":"key","Tags":["x"],"Body":"content"}`,
  );
});

test("a time keeps milliseconds that it has", () => {
  const LastModified = new Date("2026-01-02T03:04:05.060Z");
  expect(sdkOutput(output, { LastModified }, sdkStyle)).toEqual({
    LastModified: "2026-01-02T03:04:05.060Z",
  });
});

test.each([
  ["text", Buffer.from("größe"), "größe", "Z3LDtsOfZQ=="],
  ["no text", Buffer.from([0xff, 0x00]), "/wA=", "/wA="],
  ["nothing", Buffer.alloc(0), "", ""],
])("bytes that are %s", (_, Data, text, base64) => {
  expect(sdkOutput(output, { Data }, sdkStyle)).toEqual({ Data: text });
  expect(sdkOutput(output, { Data }, optimizedStyle([]))).toEqual({ Data: base64 });
});

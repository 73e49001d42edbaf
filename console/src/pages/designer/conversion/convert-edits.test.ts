import { expect, test } from "vitest";
import { convertDefinition } from "../../../../../src/asl/to-jsonata/convert-definition.ts";
import { convertState } from "../../../../../src/asl/to-jsonata/convert-state.ts";
import { editsBetween } from "../../../../../src/asl/to-jsonata/edits.ts";
import type { JsonObject } from "../../../../../src/expression/json.ts";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { applyEdits } from "../../../designer/document/text-edits.ts";
import { sampleDocuments } from "../../../designer/edits/samples.fixture.ts";
import { convertEdits } from "./convert-edits.ts";
import { conversionRequest, placedEdits } from "./conversion-request.ts";

test("each small sample is in JSONata what the server makes of it, as edits of its text", () => {
  const small = sampleDocuments().filter(({ document }) => document.text.length < 4_000);
  for (const { name, document } of small) {
    const before = document.value as JsonObject;
    const after = convertDefinition(before).definition;
    const edits = convertEdits(document, editsBetween(before, after));
    const converted = readDefinition(applyEdits(document.text, edits), document.format);
    expect(converted.value, name).toEqual(after);
  }
});

test("a state of JSONPath in a JSONata workflow is converted alone, without a language of its own", () => {
  const state = {
    Type: "Pass",
    QueryLanguage: "JSONPath",
    Comment: "pasted",
    Parameters: { "a.$": "$.b" },
    End: true,
  };
  const definition = { QueryLanguage: "JSONata", StartAt: "A", States: { A: state } };
  const document = readDefinition(JSON.stringify(definition, null, 2));
  const request = conversionRequest(document, "/A");
  const asked = JSON.parse(request?.ask.definition ?? "") as { readonly States: { A: JsonObject } };
  const made = convertState(asked.States.A).state;
  const steps = editsBetween(asked.States.A, made, ["States", "A"]);
  const edits = convertEdits(document, request ? placedEdits(steps, request) : []);
  expect(JSON.parse(applyEdits(document.text, edits))).toEqual({
    ...definition,
    States: {
      A: { Type: "Pass", Comment: "pasted", Output: { a: "{% $states.input.b %}" }, End: true },
    },
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graphModel } from "../../graph/model.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { readDefinition } from "../document/read-definition.ts";
import { applyEdits, invertEdits } from "../document/text-edits.ts";
import { isRefused } from "./edit-result.ts";
import { graphIndex } from "./graph-index.ts";
import { openEnds } from "./open-ends.ts";
import { perform, randomEdit } from "./random-edit.fixture.ts";
import { errorsIn, sampleDocuments } from "./samples.fixture.ts";

const samples = sampleDocuments();

describe.skipIf(samples.length === 0)("published definitions (need ../shared/samples)", () => {
  test("have the same keys here as in the graph", () => {
    for (const { name, document } of samples) {
      const drawn = [...graphModel(document.value).nodes.keys()].filter(
        (key) => !key.startsWith("/#"),
      );
      expect([...graphIndex(document).states.keys()].toSorted(), name).toEqual(drawn.toSorted());
    }
  });

  test("have nothing open but what waits to be filled in", () => {
    for (const { name, document } of samples) {
      const open = openEnds(document).filter(({ code }) => code !== "toFill");
      expect({ name, open }).toEqual({ name, open: [] });
    }
  });

  test.each(samples.map(({ name }, index) => [name, index] as const))(
    "%s stays valid under any edits, or they say what is open; each can be taken back exactly",
    (_, index) => {
      const start = samples[index]?.document;
      if (start === undefined) return;
      fc.assert(
        fc.property(fc.array(randomEdit, { minLength: 1, maxLength: 5 }), (edits) => {
          let document = start;
          for (const edit of edits) document = checked(document, edit);
        }),
        { numRuns: Number(process.env["N"] ?? 12) },
      );
    },
  );
});

/** The document after an edit that was held against what every edit promises. */
function checked(document: DefinitionDocument, edit: Parameters<typeof perform>[1]) {
  const result = perform(document, edit);
  if (result === undefined || isRefused(result)) return document;
  const { edits, select, open } = result;
  const text = applyEdits(document.text, edits);
  expect(applyEdits(text, invertEdits(document.text, edits))).toBe(document.text);
  expectOrdered(document.text, edits);
  const after = readDefinition(text, document.format);
  expect({ faults: after.faults, text }).toEqual({ faults: [], text });
  for (const key of select) expect(graphIndex(after).states.has(key), key).toBe(true);
  if (open.length === 0 && errorsIn(document.value).length === 0) {
    expect({ errors: errorsIn(after.value), text }).toEqual({ errors: [], text });
  }
  return after;
}

function expectOrdered(text: string, edits: readonly { from: number; to: number }[]): void {
  let at = -1;
  for (const { from, to } of edits) {
    expect(from).toBeGreaterThan(at);
    expect(to).toBeGreaterThanOrEqual(from);
    at = to;
  }
  expect(at).toBeLessThanOrEqual(text.length);
}

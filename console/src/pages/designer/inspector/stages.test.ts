import { describe, expect, test } from "vitest";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";
import { effectiveInput, firstItem, itemsOfMap, mergedResult, selectedResult } from "./stages.ts";

function stateOf(fields: StateEntry["fields"]): StateEntry {
  return { type: fields["Type"], fields } as StateEntry;
}

describe("what InputPath leaves", () => {
  const raw = { input: { a: 1 } };

  test("is the input where it says nothing or all, an empty object where it is null, and nothing that JSONata has", () => {
    for (const fields of [{}, { InputPath: "$" }]) {
      expect(effectiveInput(fields, "JSONPath", raw)).toEqual({ value: { a: 1 } });
    }
    expect(effectiveInput({ InputPath: null }, "JSONPath", raw)).toEqual({ value: {} });
    expect(effectiveInput({ InputPath: "$.a" }, "JSONata", raw)).toEqual({ value: { a: 1 } });
  });

  test("is asked of the server otherwise", () => {
    expect(effectiveInput({ InputPath: "$.a" }, "JSONPath", raw)).toEqual({
      question: { field: { id: "InputPath", kind: "jsonpath", text: "$.a" }, data: raw },
    });
  });
});

describe("the result that ResultPath has", () => {
  const data = { input: { a: 1 }, result: { b: 2 } };

  test("is a task's, behind its ResultSelector, and not known where nothing is pinned", () => {
    expect(selectedResult(stateOf({ Type: "Task" }), data)).toEqual({ value: { b: 2 } });
    expect(selectedResult(stateOf({ Type: "Task" }), { input: 1 })).toBeUndefined();
    const selecting = stateOf({ Type: "Task", ResultSelector: { "c.$": "$.b" } });
    expect(selectedResult(selecting, data)).toMatchObject({
      question: { field: { kind: "payloadTemplate", value: { "c.$": "$.b" }, of: "result" } },
    });
  });

  test("is a Pass's Result, else what its Parameters make, else its input", () => {
    const pass = (fields: StateEntry["fields"]) =>
      selectedResult(stateOf({ Type: "Pass", ...fields }), data);
    expect(pass({ Result: null, Parameters: {} })).toEqual({ value: null });
    expect(pass({ Parameters: {} })).toMatchObject({ question: { field: { of: "input" } } });
    expect(pass({})).toEqual({ value: { a: 1 } });
  });

  test("goes over the input, nowhere, or where the path says", () => {
    expect(mergedResult({}, data)).toEqual({ value: { b: 2 } });
    expect(mergedResult({ ResultPath: null }, data)).toEqual({ value: { a: 1 } });
    expect(mergedResult({ ResultPath: "$.c" }, data)).toMatchObject({
      question: { field: { kind: "resultPath", text: "$.c", of: "result" }, data },
    });
  });
});

describe("the item that an ItemSelector is tried with", () => {
  const data = { input: [7, 8] };
  const items = (fields: StateEntry["fields"], language: "JSONPath" | "JSONata") =>
    itemsOfMap(stateOf({ Type: "Map", ...fields }), language, data);

  test("is of the input, of ItemsPath, or of Items, and unknown where a reader reads it", () => {
    expect(items({}, "JSONPath")).toEqual({ value: [7, 8] });
    expect(items({ ItemsPath: "$.a" }, "JSONPath")).toMatchObject({
      question: { field: { kind: "jsonpath", value: "$.a" } },
    });
    expect(items({ Items: "{% $a %}" }, "JSONata")).toMatchObject({
      question: { field: { kind: "jsonata", value: "{% $a %}" } },
    });
    expect(items({ ItemReader: {} }, "JSONPath")).toBeUndefined();
  });

  test("is the first, of an object with its key, and none of what has none", () => {
    expect(firstItem([7, 8])).toEqual({ Index: 0, Value: 7 });
    expect(firstItem({ k: 9 })).toEqual({ Index: 0, Value: 9, Key: "k" });
    for (const none of [[], {}, null, "text"]) expect(firstItem(none)).toBeUndefined();
  });
});

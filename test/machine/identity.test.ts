import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { blanks, jsonText } from "../../src/expression/json-text.fixture.ts";
import { parseJson } from "../../src/expression/parse-json.ts";
import { Payload } from "../../src/expression/payload.ts";
import { Drive, machineOf } from "./drive.ts";

/** Runs of states that give their input as their output: the names of the states count up from the given one. */
type Identity = (at: number) => { readonly [field: string]: unknown }[];

const pass = (fields: object) => ({ Type: "Pass", ...fields });
const one =
  (fields: object): Identity =>
  () => [pass(fields)];
const jsonata = (fields: object) => pass({ QueryLanguage: "JSONata", ...fields });
const inner = (at: number, fields: object = {}) => ({
  StartAt: `Inner${at}`,
  States: { [`Inner${at}`]: pass({ ...fields, End: true }) },
});

const identities: Readonly<Record<string, Identity>> = {
  nothing: one({}),
  paths: one({ InputPath: "$", OutputPath: "$" }),
  template: one({ Parameters: { "kept.$": "$" }, OutputPath: "$.kept" }),
  "template and its field": () => [
    pass({ Parameters: { "a.$": "$", b: 1 } }),
    pass({ InputPath: "$.a" }),
  ],
  "result path": () => [
    pass({ Parameters: { "kept.$": "$" } }),
    pass({ Result: 1, ResultPath: "$.result" }),
    pass({ OutputPath: "$.kept" }),
  ],
  "array and item": () => [
    pass({ Parameters: { "list.$": "States.Array($)" } }),
    pass({ Parameters: { "item.$": "States.ArrayGetItem($.list, 0)" }, OutputPath: "$.item" }),
  ],
  "text and back": () => [
    pass({ Parameters: { "text.$": "States.JsonToString($)" } }),
    pass({ Parameters: { "value.$": "States.StringToJson($.text)" }, OutputPath: "$.value" }),
  ],
  "merged into another": () => [
    pass({ Parameters: { a: { b: 1 }, c: { "kept.$": "$" } } }),
    pass({ Parameters: { "all.$": "States.JsonMerge($.a, $.c, false)" } }),
    pass({ OutputPath: "$.all.kept" }),
  ],
  variable: (at) => [
    pass({ Assign: { [`v${at}`]: 0, [`w${at}.$`]: "$" } }),
    pass({ Result: 0 }),
    pass({ Parameters: { "kept.$": `$w${at}` }, OutputPath: "$.kept" }),
  ],
  parallel: (at) => [{ Type: "Parallel", Branches: [inner(at)] }, pass({ InputPath: "$[0]" })],
  map: (at) => [
    pass({ Parameters: { "list.$": "States.Array($, 1, $)" } }),
    {
      Type: "Map",
      ItemsPath: "$.list",
      ItemSelector: { "it.$": "$$.Map.Item.Value" },
      ItemProcessor: inner(at, { OutputPath: "$.it" }),
    },
    pass({ InputPath: "$[2]" }),
  ],
  "JSONata output": one({ QueryLanguage: "JSONata", Output: "{% $states.input %}" }),
  "JSONata member": () => [
    jsonata({ Output: "{% {'kept': $states.input} %}" }),
    jsonata({ Output: "{% $states.input.kept %}" }),
  ],
  "JSONata variable": (at) => [
    jsonata({ Assign: { [`x${at}`]: "{% $states.input %}" }, Output: 1 }),
    jsonata({ Output: `{% $x${at} %}` }),
  ],
  "JSONata constant around it": () => [
    jsonata({ Output: { a: [1], kept: "{% $states.input %}" } }),
    jsonata({ Output: "{% $lookup($states.input, 'kept') %}" }),
  ],
};

function machineThrough(names: readonly string[]) {
  const states = names.flatMap((name, at) => (identities[name] as Identity)(at));
  const named = states.map((state, index) => {
    const next = index + 1 < states.length ? { Next: `S${index + 1}` } : { End: true };
    return [`S${index}`, { ...state, ...next }] as const;
  });
  return machineOf({ StartAt: "S0", States: Object.fromEntries(named) });
}

function outputOf(names: readonly string[], text: string): string {
  const drive = new Drive(machineThrough(names));
  drive.when({ type: "ExecutionStarted", input: Payload.ofText(text) });
  const { snapshot } = drive;
  return snapshot.output?.text ?? `${snapshot.status} ${snapshot.error} ${snapshot.cause}`;
}

const compact = (text: string): string => JSON.stringify(parseJson(text));

describe("numbers, strings and the order of members come out as they went in", () => {
  // What JSONata cannot hand on as it is: an array of one item, in JSONata the item; nothing of that is lost below.
  const text =
    '{"id":9007199254740993,"price":1.50,"10":{"2":-0,"1":1e400},"__proto__":[1.0,"\\u0000"],"e":1E5}';

  test.each(Object.keys(identities))("through %s", (name) => {
    expect(compact(outputOf([name], text))).toBe(text);
  });

  test("of any text, through any chain", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Object.keys(identities)), { minLength: 1, maxLength: 5 }),
        jsonText(blanks),
        (names, json) => {
          // As a member it is data to JSONata, too, whatever it is.
          const document = `{"data": ${json}}`;
          expect(compact(outputOf(names, document))).toBe(compact(document));
        },
      ),
      { numRuns: 500 },
    );
  });
});

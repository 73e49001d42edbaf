import { expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { maximumVisits } from "../../src/expression/jsonpath/selection.ts";
import { evaluationSteps } from "../../src/expression/steps.ts";
import { refuseStall } from "../fuzz/stall.ts";
import { Drive, machineOf } from "./drive.ts";

const numbers = { n: Array.from({ length: 60_000 }, (_, index) => index % 10) };
const objects = { items: Array.from({ length: 8_000 }, (_, id) => ({ id, t: "aaaa" })) };
const wide = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`k${index}`, index]));
const longText = { s: "a".repeat(250_000) };
const middling = { s: "a".repeat(10_000) };

/** What all expressions take together, or a single path by itself. */
const tooMuch = new RegExp(
  `The (?:expressions of the state take more than ${evaluationSteps} steps|path visits more than ${maximumVisits} nodes)`,
);

/** A document with the same expression again and again. */
const fields = (count: number, text: string, suffix = ".$"): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`f${index}${suffix}`, text]));

const pass = (document: object): object => ({ A: { Type: "Pass", ...document, End: true } });

const choice = (rule: object): object => ({
  A: { Type: "Choice", Choices: Array.from({ length: 1_000 }, () => ({ ...rule, Next: "B" })) },
  B: { Type: "Succeed" },
});

/** What becomes of the execution; throws if it holds the thread up. */
function outcomeOf(states: object, input: JsonValue, top: object = {}): Drive["snapshot"] {
  const machine = machineOf({ ...top, StartAt: "A", States: states });
  let drive = new Drive(machine);
  refuseStall(() => {
    drive = new Drive(machine).start(input);
  });
  return drive.snapshot;
}

test.each<[string, JsonValue]>([
  ["$", longText],
  ["$.n[*]", numbers],
  ["$..*", numbers],
  ["$..id", objects],
  ["$..['id','t']", objects],
  ["$.items[?(@.id > 9000)]", objects],
  ["$.items[?($.items == $.items[*])]", objects],
  ["$.n.sum()", numbers],
  ["States.ArrayLength(States.StringSplit(States.JsonToString($), 'x'))", numbers],
  ["States.Format('{}{}{}{}{}{}', $, $, $, $, $, $)", numbers],
  ["States.ArrayLength(States.StringToJson(States.JsonToString($.n)))", numbers],
  ["States.ArrayUnique($.n)", numbers],
  ["States.ArrayContains($.n, 77)", numbers],
  ["States.ArrayLength(States.ArrayPartition($.n, 1))", numbers],
  ["States.ArrayLength(States.ArrayRange(1, 1000, 1))", {}],
  ["States.ArrayLength(States.Array(States.JsonMerge($, $, false)))", wide],
  ["States.ArrayLength(States.StringSplit(States.Hash($.s, 'SHA-512'), 'g'))", middling],
  ["States.ArrayLength(States.StringSplit(States.Base64Encode($.s), '.'))", middling],
])("thousands of %s in one state end with an error before they hold the thread", (text, input) => {
  const { error, cause } = outcomeOf(pass({ Parameters: fields(1_000, text) }), input);
  expect(error).toBe("States.Runtime");
  expect(cause).toMatch(tooMuch);
});

test("fields of one state share the steps", () => {
  const Assign = fields(60, "$");
  expect(outcomeOf(pass({ Assign }), longText).error).toBe("States.DataLimitExceeded");
  const Parameters = fields(60, "$$.Execution.Input");
  expect(outcomeOf(pass({ Assign, Parameters }), longText).cause).toMatch(tooMuch);
});

test("one call with thousands of paths does as well", () => {
  const paths = Array.from({ length: 3_000 }, () => "$").join();
  const snapshot = outcomeOf(pass({ Parameters: { "a.$": `States.Array(${paths})` } }), longText);
  expect(snapshot.error).toBe("States.Runtime");
});

test.each(["{% $states.input %}", "{% $states.input.s %}"])(
  "thousands of the JSONata selection %s do as well",
  (text) => {
    const { error, cause } = outcomeOf(pass({ Output: fields(1_000, text, "") }), longText, {
      QueryLanguage: "JSONata",
    });
    expect(error).toBe("States.QueryEvaluationError");
    expect(cause).toContain("Expression evaluation timeout");
  },
);

test.each([
  "$map($states.input.items, function($x) { $states.input.items[$states.input.n] })",
  "$map($states.input.n, function($x) { $states.input.deep ? 1 : 2 })",
])("%s takes no longer than its steps", (text) => {
  const deep = Array.from({ length: 300 }).reduce<JsonValue>((inner) => [inner], []);
  const input = { ...objects, n: numbers.n.slice(0, 20_000), deep };
  const states = pass({ Output: `{% ${text} %}` });
  const { error } = outcomeOf(states, input, { QueryLanguage: "JSONata" });
  expect(error).toBe("States.QueryEvaluationError");
});

test.each<[object, JsonValue]>([
  [{ Variable: "$.s", StringMatches: "*ab*b*" }, longText],
  [{ Variable: "$.s", StringLessThanPath: "$.s" }, longText],
  [{ Variable: "$.n[?(@ > 100)]", IsString: true }, numbers],
])("thousands of rules of a Choice like %j do as well", (rule, input) => {
  expect(outcomeOf(choice(rule), input).error).toBe("States.Runtime");
});

test("a hundred paths through a large document are no trouble", () => {
  const paths = fields(100, "$.items[?(@.id == 77)].t");
  const small = { items: objects.items.slice(0, 1_000) };
  expect(outcomeOf(pass({ Parameters: paths }), small).status).toBe("SUCCEEDED");
});

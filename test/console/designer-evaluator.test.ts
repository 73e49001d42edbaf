import { afterEach, expect, test } from "vitest";
import {
  Evaluator,
  type EvaluatorOptions,
} from "../../src/console/designer/expressions/evaluator.ts";

const place = { region: "us-east-1", accountId: "123456789012", now: 0 };
const simple = { id: "simple", kind: "jsonata", text: "{% 1 + 1 %}" };
/** Each of its paths looks through all of the data. */
const endless = {
  id: "endless",
  kind: "payloadTemplate",
  value: Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`m${at}.$`, "$..a"])),
};
const data = { input: JSON.stringify(Array.from({ length: 20_000 }, (_, a) => ({ a }))) };

const opened: Evaluator[] = [];
function open(options: EvaluatorOptions = {}): Evaluator {
  const evaluator = new Evaluator(options);
  opened.push(evaluator);
  return evaluator;
}
afterEach(() => opened.splice(0).forEach((each) => each.close()));

test("a field that never ends costs its own answer and those after it, and the server goes on meanwhile", async () => {
  const evaluator = open({ longestMs: 1_000 });
  let turns = 0;
  const counting = setInterval(() => turns++, 10);
  const asked = { fields: [simple, endless, { ...simple, id: "last" }], data };
  const results = await evaluator.evaluate(asked, place);
  clearInterval(counting);
  expect(results).toEqual([
    { id: "simple", value: "2", bytes: 1 },
    { id: "endless", error: { code: "tooLong", message: "It takes more than 1000 ms" } },
    { id: "last", isSkipped: true },
  ]);
  expect(turns).toBeGreaterThan(5);
  expect(await evaluator.evaluate({ fields: [simple] }, place)).toMatchObject([{ value: "2" }]);
});

test("requests are answered in their order, also after one that is refused", async () => {
  const evaluator = open();
  const first = evaluator.evaluate({ fields: [simple] }, place);
  const refused = evaluator.evaluate({ fields: "none" }, place);
  const last = evaluator.evaluate({ fields: [simple, simple] }, place);
  expect(await first).toHaveLength(1);
  await expect(refused).rejects.toMatchObject({ code: "ValidationException" });
  expect(await last).toHaveLength(2);
});

test("requests that nobody waits for are not evaluated, and too many are passed over", async () => {
  const evaluator = open();
  const gone = AbortSignal.abort();
  expect(await evaluator.evaluate({ fields: [simple] }, place, gone)).toEqual([]);
  const many = Array.from({ length: 60 }, () => evaluator.evaluate({ fields: [simple] }, place));
  const results = (await Promise.all(many)).flat();
  expect(results.filter((each) => "isSkipped" in each)).toHaveLength(10);
});

test("a thread that nobody asks is ended, and another begun", async () => {
  const evaluator = open({ idleMs: 1 });
  await evaluator.evaluate({ fields: [simple] }, place);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await evaluator.evaluate({ fields: [simple] }, place)).toMatchObject([{ value: "2" }]);
});

test("what is nested deeper than a thread can be sent is refused, and the next one is answered", async () => {
  const evaluator = open();
  const deep = JSON.parse("[".repeat(20_000) + "]".repeat(20_000)) as unknown;
  for (let times = 0; times < 12; times++) {
    await expect(evaluator.evaluate(deep, place)).rejects.toMatchObject({
      code: "ValidationException",
    });
  }
  expect(await evaluator.evaluate({ fields: [simple] }, place)).toMatchObject([{ value: "2" }]);
});

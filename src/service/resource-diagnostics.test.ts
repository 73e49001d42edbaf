import { expect, test } from "vitest";
import type { CheckedTask } from "../ports/resource-checks.ts";
import { checkResources } from "./resource-diagnostics.ts";

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const sqs = "arn:aws:states:::sqs:sendMessage";

test("every Task is looked at once, in Map and Parallel states too, with its own query language", async () => {
  const seen: CheckedTask[] = [];
  const warnings: string[] = [];
  const task = (fields: object) => ({ Type: "Task", Resource: sqs, ...fields, End: true });
  const machine = (state: object) => ({ StartAt: "A", States: { A: state } });
  const definition = JSON.stringify({
    QueryLanguage: "JSONPath",
    StartAt: "M",
    States: {
      M: { Type: "Map", ItemProcessor: machine(task({ Parameters: { a: 1 } })), Next: "I" },
      I: { Type: "Map", Iterator: machine(task({ Parameters: { b: 1 } })), Next: "P" },
      P: {
        Type: "Parallel",
        QueryLanguage: "JSONata",
        Branches: [
          machine(task({ Arguments: { c: 1 } })),
          machine(task({ Arguments: "{% $x %}" })),
        ],
        End: true,
      },
    },
  });
  await checkResources(definition, {
    logger: { ...silent, warn: (text) => void warnings.push(text) },
    resourceChecks: {
      async check(checked) {
        seen.push(checked);
        return { isRecognized: true, unsupportedFields: [], advice: "install it" };
      },
    },
  });
  expect(seen.map(({ parameters, language }) => [parameters, language])).toEqual([
    [{ a: 1 }, "JSONPath"],
    [{ b: 1 }, "JSONPath"],
    [{ c: 1 }, "JSONata"],
    [undefined, "JSONata"],
  ]);
  expect(warnings).toEqual(["install it"]);
});

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import { convertDefinition } from "../../src/asl/to-jsonata/convert-definition.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../src/expression/json.ts";
import { parseJson } from "../../src/expression/parse-json.ts";
import { mockedRun } from "./mocked-run.ts";

const corpus = fileURLToPath(new URL("../../../shared/corpus/open", import.meta.url));
function valueOf(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(valueOf);
  if (!isJsonObject(value)) return value;
  const [name, inner] = Object.entries(value)[0] ?? [];
  if (Object.keys(value).length === 1 && name?.startsWith("$") && inner !== undefined) {
    if (name === "$json") return JSON.stringify(valueOf(inner));
    if (name === "$concat")
      return (inner as readonly JsonValue[]).map((part) => valueOf(part) as string).join("");
    return JSON.stringify(inner).includes("activityArn")
      ? "arn:aws:states:us-east-1:123456789012:activity:a"
      : "arn:aws:lambda:us-east-1:123456789012:function:f";
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, valueOf(item)]));
}
test("corpus", () => {
  const sum = {
    defs: 0,
    whole: 0,
    states: 0,
    left: 0,
    runs: 0,
    same: 0,
    runtime: 0,
    bothFail: 0,
    wentOn: 0,
    differ: 0,
    differNoted: 0,
  };
  const codes = new Map<string, number>();
  const lefts: unknown[] = [];
  const bad: string[] = [];
  const seen = new Set<string>();
  for (const name of readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((n) =>
    n.endsWith(".json"),
  )) {
    const file = JSON.parse(readFileSync(join(corpus, name), "utf8")) as any;
    for (const rec of Array.isArray(file) ? file : file.cases) {
      let text: string | undefined;
      const inputs: JsonValue[] = [];
      for (const step of rec.steps ?? []) {
        if (typeof step.call !== "string") continue;
        if (step.args?.definition !== undefined && step.error !== true)
          text = valueOf(step.args.definition) as string;
        if (/^Start/.test(step.call) && step.args?.input !== undefined) {
          try {
            inputs.push(parseJson(valueOf(step.args.input) as string));
          } catch {}
        }
      }
      if (typeof text !== "string") continue;
      if (!text.includes("States")) continue;
      const parsed = parseDefinition(text);
      if (parsed.definition === undefined || parsed.definition.QueryLanguage === "JSONata")
        continue;
      const definition = parseJson(text) as JsonObject;
      const result = convertDefinition(definition);
      const key = text + JSON.stringify(inputs);
      if (seen.has(key)) continue;
      seen.add(key);
      sum.defs++;
      sum.states += result.converted + result.left;
      sum.left += result.left;
      if (result.left === 0) sum.whole++;
      for (const n of result.notes) {
        codes.set(n.code, (codes.get(n.code) ?? 0) + 1);
        if (n.level === "left") lefts.push([rec.id, n]);
      }
      const errors = parseDefinition(JSON.stringify(result.definition)).diagnostics.filter(
        (d) => d.severity === "ERROR",
      );
      if (errors.length) {
        bad.push(rec.id + JSON.stringify(errors) + JSON.stringify(result.definition));
        continue;
      }
      for (const [i, input] of [
        ...inputs.map((x) => [0, x] as const),
        ...[1, 2].map((x) => [x, undefined] as const),
      ]) {
        const given = input === undefined ? {} : { input };
        const a = mockedRun(definition, definition, i, given),
          b = mockedRun(result.definition, definition, i, given);
        sum.runs++;
        if (a.error === "States.Runtime") {
          sum.runtime++;
          if (b.error === "States.QueryEvaluationError" || b.error === "States.Runtime")
            sum.bothFail++;
          else {
            sum.wentOn++;
            if (!result.notes.length)
              bad.push(
                "WENT ON " +
                  rec.id +
                  "\n" +
                  text +
                  "\n" +
                  JSON.stringify(result.definition) +
                  "\n" +
                  a.told.at(-1) +
                  "\n" +
                  b.told.at(-1),
              );
          }
          continue;
        }
        if (JSON.stringify(a.told) === JSON.stringify(b.told)) sum.same++;
        else {
          sum.differ++;
          const noted = result.notes.some((n) => n.level === "differs");
          if (noted) sum.differNoted++;
          const k = a.told.findIndex((l, j) => l !== b.told[j]);
          bad.push(
            (noted ? "NOTED " : "DIFF ") +
              rec.id +
              "\n" +
              text.slice(0, 800) +
              "\n" +
              JSON.stringify(result.definition).slice(0, 1200) +
              "\nA " +
              a.told[k]?.slice(0, 500) +
              "\nB " +
              b.told[k]?.slice(0, 500),
          );
        }
      }
    }
  }
  console.log(sum, codes);
  console.log(JSON.stringify(lefts, null, 1));
  console.log(bad.join("\n\n"));
});

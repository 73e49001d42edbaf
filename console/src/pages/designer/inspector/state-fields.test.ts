import { expect, test } from "vitest";
import { sampleDocuments } from "../../../designer/edits/samples.fixture.ts";
import { graphIndex, type StateEntry } from "../../../designer/edits/graph-index.ts";
import { languageOf } from "../../../designer/edits/spot.ts";
import { arrayOf, objectOf } from "../../../graph/json.ts";
import {
  catcherFields,
  inputFields,
  mapFields,
  mapSections,
  outputFields,
  ownFields,
  ruleFields,
  timeoutFields,
  type FieldSpec,
} from "./state-fields.ts";

/** What has an editor of its own, beside the fields that are described. */
const special: Readonly<Record<string, readonly string[]>> = {
  "": ["Type", "Comment", "Next", "End", "QueryLanguage", "Retry", "Catch"],
  Task: ["Resource", "Credentials"],
  Choice: ["Choices", "Default"],
  Wait: ["Seconds", "SecondsPath", "Timestamp", "TimestampPath"],
  Parallel: ["Branches"],
  Map: ["ItemProcessor", "Iterator"],
};

function namesOf(specs: readonly FieldSpec[]): readonly string[] {
  return specs.flatMap(({ code, hasTwin = false }) => (hasTwin ? [code, `${code}Path`] : [code]));
}

function shown(state: StateEntry, language: "JSONPath" | "JSONata"): ReadonlySet<string> {
  const { type, fields } = state;
  return new Set([
    ...(special[""] ?? []),
    ...(special[type] ?? []),
    ...namesOf(ownFields(type, language)),
    ...namesOf(inputFields(type, language, fields)),
    ...namesOf(outputFields(type, language)),
    ...(type === "Task" ? namesOf(timeoutFields()) : []),
    ...(type === "Map"
      ? [...namesOf(mapFields(fields)), ...mapSections(language).map(({ code }) => code)]
      : []),
  ]);
}

const samples = sampleDocuments();

test.skipIf(samples.length === 0)("every field that published definitions use has a form", () => {
  const missing = new Set<string>();
  let states = 0;
  for (const { document } of samples) {
    const index = graphIndex(document);
    for (const state of index.states.values()) {
      states += 1;
      const language = languageOf(index, state);
      const known = shown(state, language);
      for (const name of Object.keys(state.fields)) {
        if (!known.has(name)) missing.add(`${state.type} ${language} ${name}`);
      }
      const entries = [
        ["Choices", ruleFields(0, language)],
        ["Catch", catcherFields(0, language)],
      ] as const;
      for (const [field, specs] of entries) {
        for (const entry of arrayOf(state.fields[field])) {
          for (const name of ["Assign", "Output", "ResultPath"]) {
            const isThere = Object.hasOwn(objectOf(entry), name);
            if (isThere && !namesOf(specs).includes(name))
              missing.add(`${field} ${language} ${name}`);
          }
        }
      }
    }
  }
  expect(states).toBeGreaterThan(500);
  expect([...missing]).toEqual([]);
});

test("fields of the two query languages are never offered together", () => {
  const paths = ["InputPath", "Parameters", "ResultSelector", "ResultPath", "OutputPath"];
  for (const type of ["Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"]) {
    const names = (language: "JSONPath" | "JSONata") =>
      namesOf([...inputFields(type, language, {}), ...outputFields(type, language)]);
    expect(names("JSONata").filter((name) => paths.includes(name))).toEqual([]);
    expect(names("JSONPath").filter((name) => ["Arguments", "Output"].includes(name))).toEqual([]);
  }
});

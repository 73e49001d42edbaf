import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseDefinition } from "../../src/asl/parse-definition.ts";
import type { DefinitionGraph } from "../../src/console/import/definition-graph.ts";
import { caseOfRun } from "../../src/console/designer/try/case-of-run.ts";
import { readHistory } from "../../src/console/import/history-file.ts";
import { importHistory } from "../../src/console/import/import-history.ts";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import { historyEvent, isPublic } from "../../src/machine/journal/history.ts";
import { caseOutcome } from "../../src/simulate/cases/case-outcome.ts";
import { differences, type Expectation } from "../../src/simulate/cases/expectation.ts";
import { simulationBounds } from "../../src/simulate/simulation/bounds.ts";
import { type Simulated, simulate } from "../../src/simulate/simulation/simulate.ts";
import { outsideStates } from "../../src/simulate/simulation/task-states.ts";
import { ownData } from "../samples/own-data.ts";
import { plausibleData } from "../samples/plausible-data.ts";
import { sampleDefinition } from "../samples/sample-definition.ts";
import { simulationHost } from "./simulation-host.ts";

const folder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));
/** Published with `"Messages": "Messages.$": …`, which no JSON is. */
const broken = "sfn-iot-data-analytics-dataset__statemachine.asl.json";
const names = existsSync(folder) ? readdirSync(folder).filter((name) => name !== broken) : [];

/** Kinds of data that have whatever could be looked for; more attempts than that get the last of them. */
const kinds = 3;

function mocksOf(name: string, definition: JsonValue, text: string): JsonObject {
  const parsed = parseDefinition(text).definition;
  if (parsed === undefined) throw new Error(`${name} is wrong`);
  const { tasks, readers } = outsideStates(parsed);
  const { results = {} } = ownData[name] ?? {};
  const data = Array.from({ length: kinds }, (_, kind) => plausibleData(definition, kind));
  const mocks = [...tasks.keys()].map((state): [string, JsonValue] => [
    state,
    Object.fromEntries(
      data.map((value, kind) => [
        kind === kinds - 1 ? `${kind}-100000` : `${kind}`,
        { Return: results[state] ?? value },
      ]),
    ),
  ]);
  const items = [...readers.keys()].map((state): [string, JsonValue] => [
    state,
    { "0-99": { Return: data.slice(0, 2) } },
  ]);
  return Object.fromEntries([...mocks, ...items]);
}

/** However busy the machine is. */
const bounds = simulationBounds({ realMs: 60_000, events: 50_000, bytes: 1e9 });

function shownEvents({ events }: Simulated) {
  return events.filter(isPublic).map((event) => historyEvent(event, true));
}

describe.skipIf(names.length === 0)("samples (need ../shared/samples)", () => {
  test.each(names)(
    "%s is simulated alike twice, its history is shown whole, and a case of it passes",
    { timeout: 90_000 },
    async (name) => {
      const definition = sampleDefinition(join(folder, name));
      const text = JSON.stringify(definition);
      const input = JSON.stringify(ownData[name]?.input ?? plausibleData(definition, 0));
      const run = (mocks: JsonObject) =>
        simulate(
          {
            machine: {
              name: "M",
              definition: text,
              type: "STANDARD",
              mocks,
            },
            children: [],
            input,
            unmocked: "fail",
            seed: 7,
            startTime: Date.UTC(2026, 0, 1),
            bounds,
          },
          simulationHost(),
        );
      const mocks = mocksOf(name, definition, text);
      const first = await run(mocks);
      expect(first.stopped).toBeUndefined();
      expect(first.assumed).toEqual([]);
      const events = shownEvents(first);
      expect(shownEvents(await run(mocks))).toEqual(events);
      const file = readHistory(JSON.stringify({ events }));
      const graph = definition as unknown as DefinitionGraph;
      const shown = importHistory(file, "simulation", graph);
      expect(shown.unplaced).toBe(0);
      expect(shown.view.status).toBe(first.finished?.status);

      // A test case of it comes to the same, with no other mocks than it has.
      const { testCase, incomplete } = caseOfRun(file, "case", graph);
      if (incomplete.length > 0) return;
      const { finished } = await run(testCase.mocks as unknown as JsonObject);
      if (finished === undefined) throw new Error("it was stopped");
      const outcome = caseOutcome(finished.last, finished.events);
      expect(differences(testCase.expectation as Expectation, outcome)).toEqual([]);
    },
  );
});

import { afterAll, expect, test } from "vitest";
import {
  type TrialPlace,
  TrialThreads,
  type TrialThreadsOptions,
} from "../../src/console/designer/try/trial-threads.ts";
import { performTrial, type SimulationTrial } from "../../src/console/designer/try/trial.ts";
import { awsLimits } from "../../src/machine/limits.ts";
import { beginSimulationThread } from "../../src/server/console/begin-simulation-thread.ts";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import { simulate } from "../../src/simulate/simulation/simulate.ts";

const place: TrialPlace = { region: "us-east-1", accountId: "123456789012" };
const logger = { debug() {}, info() {}, warn() {}, error() {} };

const opened: TrialThreads[] = [];
let begun = 0;
function open(options?: TrialThreadsOptions): TrialThreads {
  const begin = () => {
    begun++;
    return beginSimulationThread({ limits: awsLimits });
  };
  const threads = new TrialThreads(begin, options);
  opened.push(threads);
  return threads;
}
afterAll(() => opened.forEach((each) => each.close()));

function trialOf(definition: object): SimulationTrial {
  const machine = {
    name: "m",
    type: "STANDARD",
    definition: JSON.stringify(definition),
    mocks: {},
  } as const;
  return {
    kind: "simulation",
    settings: { machine, children: [], input: "{}", unmocked: "answer", seed: 7, startTime: 0 },
  };
}

const ordinary = trialOf({
  QueryLanguage: "JSONata",
  StartAt: "Wait",
  States: {
    Wait: { Type: "Wait", Seconds: "{% $ceil($random() * 1000) %}", Next: "Call" },
    Call: { Type: "Task", Resource: "arn:aws:lambda:us-east-1:123456789012:function:f", End: true },
  },
});

/** Each of its expressions is within its bound, and all are of one state: no turn ends between them. */
const hostile = trialOf({
  QueryLanguage: "JSONata",
  StartAt: "Compute",
  States: {
    Compute: {
      Type: "Pass",
      Output: Array.from(
        { length: 1_000 },
        () => "{% $sum($map([1..100000], function($n) { $n * $n })) %}",
      ),
      End: true,
    },
  },
});

test("a simulation comes to the same on a thread of its own", async () => {
  const here = await performTrial(ordinary, (settings, paths) =>
    simulate(
      { ...settings, seen: (record, events, isMain) => paths.note(record, events, isMain) },
      {
        open: (parts) =>
          createStepwell({
            cloudWatch: { to: async () => undefined, close() {} },
            ...parts,
            logger,
          }),
        outside: { find: () => expect.unreachable() },
        ...place,
      },
    ),
  );
  expect(await open().perform(ordinary, place)).toEqual(here);
  expect(here).toMatchObject({ status: "SUCCEEDED", assumed: [{ stateName: "Call" }] });
});

test("a definition that computes for ever is stopped, the server goes on meanwhile, and the next has a new thread", async () => {
  begun = 0;
  const threads = open({ longestMs: { simulation: 1_200, cases: 1_200 } });
  let turns = 0;
  const counting = setInterval(() => turns++, 10);
  const stopped = await threads.perform(hostile, place);
  clearInterval(counting);
  expect(stopped).toMatchObject({ status: "RUNNING", stopped: "time", eventCount: 0, seed: 7 });
  expect(turns).toBeGreaterThan(10);
  const cases = [{ name: "one", input: {}, mocks: {} }];
  expect(await threads.perform({ ...hostile, kind: "cases", cases }, place)).toMatchObject({
    results: [{ name: "one", result: "broken", message: "It took too long, and was stopped." }],
  });
  expect(begun).toBe(2);
});

test("what cannot be tried is refused as the API refuses it, and the thread is used again", async () => {
  begun = 0;
  const threads = open();
  await expect(threads.perform(trialOf({ StartAt: "None" }), place)).rejects.toMatchObject({
    code: "InvalidDefinition",
    statusCode: 400,
  });
  await expect(
    threads.perform(ordinary, place, AbortSignal.abort(new Error("gone"))),
  ).rejects.toThrow("gone");
  expect(await threads.perform(ordinary, place)).toMatchObject({ status: "SUCCEEDED" });
  expect(begun).toBe(1);
});

test("a trial that nobody waits for any more is ended", async () => {
  const leaving = new AbortController();
  const gone = open().perform(hostile, place, leaving.signal);
  leaving.abort(new Error("gone"));
  await expect(gone).rejects.toThrow("gone");
});

test("what is nested deeper than a thread can be sent is refused, and the thread serves the next one", async () => {
  const threads = open();
  const deep = JSON.parse("[".repeat(20_000) + "]".repeat(20_000)) as never;
  const { settings } = ordinary;
  const machine = { ...settings.machine, mocks: { Call: { 0: { Return: deep } } } };
  const gone = new AbortController();
  const before = begun;
  for (let times = 0; times < 3; times++) {
    const trial: SimulationTrial = { ...ordinary, settings: { ...settings, machine } };
    await expect(threads.perform(trial, place, gone.signal)).rejects.toMatchObject({
      code: "ValidationException",
    });
  }
  // Whoever has asked goes away, as every client does at last.
  gone.abort();
  await threads.perform(ordinary, place);
  expect(begun - before).toBe(1);
});

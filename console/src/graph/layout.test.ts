import { existsSync, readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { layoutFaults } from "./layout-faults.ts";
import type { ElkEngine } from "./elk-layout.ts";
import { layoutGraph, type LayoutOptions } from "./layout.ts";
import { graphModel } from "./model.ts";

interface State {
  readonly Type: string;
  readonly [field: string]: unknown;
}

const end: State = { Type: "Pass", End: true };
const dagreOnly: Partial<LayoutOptions> = { maxElkNodes: 0 };

let loaded: Promise<ElkEngine> | undefined;
const elk = (): Promise<ElkEngine> =>
  (loaded ??= import("elkjs/lib/elk.bundled.js").then(({ default: Elk }) => new Elk()));

/** The layout of a definition, from an empty cache unless one is given. */
async function laidOut(definition: unknown, options: Partial<LayoutOptions> = {}) {
  const model = graphModel(definition);
  const before = process.threadCpuUsage();
  const layout = await layoutGraph(model, { elk, cache: new Map(), ...options });
  const { user, system } = process.threadCpuUsage(before);
  // Of the processor: how busy the machine is otherwise says nothing.
  const ms = (user + system) / 1_000;
  return { model, layout, ms, ...layoutFaults(model, layout) };
}

function definition(States: Readonly<Record<string, State>>) {
  return { StartAt: Object.keys(States)[0] ?? "", States };
}

/** States one after the other, each with the fields that `fields` gives. */
function chain(length: number, fields: (index: number) => object = () => ({})) {
  const states = Array.from({ length }, (_, index): [string, State] => {
    const next = index === length - 1 ? { End: true } : { Next: `S${index + 1}` };
    return [`S${index}`, { Type: "Task", ...next, ...fields(index) }];
  });
  return Object.fromEntries(states);
}

const catchAll = { Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed" }] };

const inner = definition({ Weigh: { Type: "Task", Next: "Print" }, Print: end });

const examples = {
  empty: {},
  "no start": { States: { A: end, B: end } },
  "Parallel in Map": definition({
    Pack: {
      Type: "Map",
      Next: "Ship",
      ItemProcessor: definition({
        Pick: { Type: "Task", Next: "Label" },
        Label: { Type: "Parallel", Branches: [inner, definition({ Note: end }), {}], End: true },
      }),
      Catch: [{ ErrorEquals: ["States.ItemReaderFailed"], Next: "Lost" }],
    },
    Ship: { Type: "Task", Next: "Wait", ...catchAll },
    Wait: { Type: "Wait", Seconds: 5, Next: "Arrived?" },
    "Arrived?": {
      Type: "Choice",
      Choices: [
        { Variable: "$.status", StringEquals: "lost", Next: "Lost" },
        { Variable: "$.status", StringEquals: "here", Next: "Done" },
        { Variable: "$.status", StringEquals: "sent back", Next: "Pack" },
      ],
      Default: "Wait",
    },
    Lost: { Type: "Fail" },
    Done: { Type: "Succeed" },
    Failed: { Type: "Fail" },
  }),
  "edges to itself": definition({
    Poll: {
      Type: "Choice",
      Choices: [{ Condition: "{% $busy %}", Next: "Poll" }],
      Default: "Work",
    },
    Work: {
      Type: "Task",
      Next: "Work",
      Catch: [
        { ErrorEquals: ["A"], Next: "Work" },
        { ErrorEquals: ["B"], Next: "Work" },
        { ErrorEquals: ["C"], Next: "Poll" },
        { ErrorEquals: ["C"], Next: "Poll" },
      ],
    },
  }),
  "unreachable states": {
    ...definition({ A: { Type: "Pass", Next: "B" }, B: end }),
    States: { A: { Type: "Pass", Next: "B" }, B: end, C: { Type: "Pass", Next: "B" }, D: end },
  },
  "forty loose drafts": {
    StartAt: "D0",
    States: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`D${n}`, { Type: "Pass" }])),
  },
  "300 catchers": definition({ ...chain(300, () => catchAll), Failed: { Type: "Fail" } }),
  "30 loops back": definition(
    chain(30, (index) => ({
      Catch: [
        { ErrorEquals: ["Again"], Next: "S0" },
        { ErrorEquals: ["Near"], Next: `S${Math.max(0, index - 3)}` },
      ],
    })),
  ),
  "1,000 states": definition({
    ...chain(1000, (index) =>
      index % 7 === 3
        ? {
            Type: "Choice",
            Choices: [{ Condition: "{% $skip %}", Next: `S${Math.min(999, index + 5)}` }],
            Default: `S${index + 1}`,
          }
        : index % 5 === 0
          ? catchAll
          : {},
    ),
    Failed: { Type: "Fail" },
  }),
};

const exampleNames = Object.keys(examples) as (keyof typeof examples)[];
const byElk = new Map<string, ReturnType<typeof laidOut>>();

/** An example's layout by ELK, once: that of a large one takes seconds. */
function laidOutByElk(name: keyof typeof examples): ReturnType<typeof laidOut> {
  const known = byElk.get(name) ?? laidOut(examples[name]);
  byElk.set(name, known);
  return known;
}

describe.each([
  ["with ELK", {}],
  ["with dagre alone", dagreOnly],
])("laid out %s", (_, options: Partial<LayoutOptions>) => {
  test.each(exampleNames)("%s breaks no rule", async (name) => {
    const { faults } = await (options === dagreOnly
      ? laidOut(examples[name], options)
      : laidOutByElk(name));
    expect(faults).toEqual([]);
  });
});

const samples = new URL("../../../../shared/samples/", import.meta.url);
const hasSamples = existsSync(samples);
const noSamples = hasSamples ? "" : ` (skipped: there is no folder ${samples.pathname})`;

describe.skipIf(!hasSamples)(`the public samples${noSamples}`, () => {
  const files = hasSamples
    ? readdirSync(samples).filter((name) => /\.(json|ya?ml)$/.test(name))
    : [];

  // Ceilings are what was measured with all 96 samples: lower them when the layout gets better.
  test.each([
    ["ELK", {}, 0],
    ["dagre", dagreOnly, 5],
  ])(
    "break no rule with %s and cross seldom",
    async (_, options: Partial<LayoutOptions>, ceiling) => {
      let crossings = 0;
      for (const file of files) {
        const text = readFileSync(new URL(file, samples), "utf8");
        const result = await laidOut(parse(text, { logLevel: "silent" }), options);
        expect(result.faults, file).toEqual([]);
        crossings += result.crossings;
      }
      expect(crossings).toBeLessThanOrEqual(ceiling);
    },
  );
});

describe("large definitions", () => {
  test("300 states that all catch to one stay narrow, and fast", async () => {
    const { layout, ms } = await laidOutByElk("300 catchers");
    expect(layout.width).toBeLessThan(1000);
    expect(ms).toBeLessThan(1000);
  });

  test("1,000 states in one scope are there in a few seconds", async () => {
    const { layout, ms } = await laidOutByElk("1,000 states");
    expect(layout.nodes.size).toBe(1003);
    expect(ms).toBeLessThan(5000);
  });

  test("10,000 states in a row, too deep for dagre, are stacked", async () => {
    const model = graphModel(
      definition({
        ...chain(10_000, (index) =>
          index === 0 ? { Catch: [{ ErrorEquals: ["A"], Next: "S9" }] } : {},
        ),
        Failed: end,
      }),
    );
    const layout = await layoutGraph(model, { elk, cache: new Map() });
    expect(layout.nodes.size).toBe(10_003);
    expect([...layout.nodes.values()].every(({ x, y }) => Number.isFinite(x + y))).toBe(true);
    expect(layout.edges.size).toBe(model.edges.size);
  }, 60_000);

  test("the handler of many catchers stands below them, and one edge to it is no rail", async () => {
    const { layout } = await laidOut(definition({ ...chain(30, () => catchAll), Failed: end }));
    const catches = [...layout.edges].filter(([id]) => id.includes("|catch"));
    expect(catches.filter(([, { isRail }]) => !isRail).map(([id]) => id)).toEqual(["/S29|catch:0"]);
    const lowest = Math.max(...Array.from(layout.nodes.values(), ({ y }) => y));
    expect(layout.nodes.get("/Failed")?.y).toBeGreaterThan(lowest - 200);
  });
});

describe("order", () => {
  test.each([
    ["ELK", {}],
    ["dagre", dagreOnly],
  ])("with %s a loop does not turn the way from the start upwards", async (_, options) => {
    const { layout } = await laidOut(
      definition({
        Try: { Type: "Task", Next: "Ok?" },
        "Ok?": {
          Type: "Choice",
          Choices: [{ Condition: "{% $again %}", Next: "Pause" }],
          Default: "Done",
        },
        Pause: { Type: "Wait", Seconds: 1, Next: "Try" },
        Done: { Type: "Succeed" },
      }),
      options,
    );
    const ys = ["/#start", "/Try", "/Ok?", "/Done", "/#end"].map((key) => layout.nodes.get(key)?.y);
    expect(ys).toEqual(ys.toSorted((a = 0, b = 0) => a - b));
  });

  test("rules of a Choice stand from left to right as written", async () => {
    const names = ["C", "A", "D", "B"];
    const { layout } = await laidOut(
      definition({
        Route: {
          Type: "Choice",
          Choices: names.map((Next) => ({ Condition: `{% $${Next} %}`, Next })),
          Default: "E",
        },
        ...Object.fromEntries(["A", "B", "C", "D", "E"].map((name) => [name, end])),
      }),
    );
    const byPlace = [...names, "E"].toSorted(
      (a, b) => (layout.nodes.get(`/${a}`)?.x ?? 0) - (layout.nodes.get(`/${b}`)?.x ?? 0),
    );
    expect(byPlace).toEqual([...names, "E"]);
  });
});

describe("edits", () => {
  const original = examples["Parallel in Map"];

  test("the same definition is laid out the same", async () => {
    const first = await laidOut(original);
    const second = await laidOut(original);
    expect(second.layout).toEqual(first.layout);
  });

  test("an edit lays out its own scope and those around it only", async () => {
    const cache = new Map();
    await laidOut(original, { cache });
    const before = cache.size;
    const text = JSON.stringify(original);
    await laidOut(JSON.parse(text.replaceAll("Weigh", "Put on the scales")), { cache });
    expect(cache.size, "a new name changes no layout").toBe(before);
    const longer = '"Print":{"Type":"Task","Next":"Glue"},"Glue":{"Type":"Pass","End":true}';
    const edited = text.replace('"Print":{"Type":"Pass","End":true}', longer);
    await laidOut(JSON.parse(edited), { cache });
    // The branch, the processor around its Parallel, the root around the Map.
    expect(cache.size).toBe(before + 3);
  });

  test("an engine that fails or is late leaves the scope to dagre", async () => {
    const expected = await laidOut(original, dagreOnly);
    const failing = { layout: () => Promise.reject(new Error("no")) };
    const late = { layout: () => new Promise<never>(() => {}) };
    for (const elk of [failing, late]) {
      const { layout } = await laidOut(original, {
        elk: () => Promise.resolve(elk),
        elkTimeoutMs: 1,
      });
      expect(layout).toEqual(expected.layout);
    }
  });
});

test("no draft breaks a rule", async () => {
  const name = fc.nat({ max: 9 }).map((number) => `S${number}`);
  const state = fc.record(
    {
      Type: fc.constantFrom("Task", "Choice", "Pass", "Fail", "Map", "Parallel"),
      Next: name,
      Default: name,
      End: fc.boolean(),
      Choices: fc.array(fc.record({ Condition: fc.constant("{% $x %}"), Next: name })),
      Catch: fc.array(fc.record({ ErrorEquals: fc.constant(["E"]), Next: name })),
      ItemProcessor: fc.constant(inner),
      Branches: fc.constantFrom([inner], [inner, {}]),
    },
    { requiredKeys: ["Type"] },
  );
  const draft = fc.record({ StartAt: name, States: fc.dictionary(name, state, { maxKeys: 10 }) });
  await fc.assert(
    fc.asyncProperty(draft, fc.boolean(), async (example, isDagre) => {
      const { faults } = await laidOut(example, isDagre ? dagreOnly : {});
      expect(faults).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

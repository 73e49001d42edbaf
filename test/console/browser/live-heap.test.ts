/// <reference lib="dom" />
import type { CDPSession, Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import type {
  ExecutionChange,
  ExecutionPage,
  StreamFrame,
} from "../../../src/console/view-types.ts";
import { pageOf } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi } from "./console-api.ts";
import { createWorkflows } from "./workflows.ts";

const tests = browserTests({ withExamples: false });
const invoices = [1, 2, 3, 4, 5, 6];
let api: ConsoleApi;
let arn: string;
beforeAll(async () => {
  if (!isWithBrowser) return;
  api = new ConsoleApi(tests.server);
  await createWorkflows(tests.server, ["settle-invoices"]);
  arn = await api.start("settle-invoices", "long", invoices);
  for (let done = 0; done < 3; done++) await api.work("settlements");
});

/** Four a second for ten minutes, twenty of them drawn together: one by one, drawing them alone would take 40 seconds. */
const frames = 2_400;
const framesADraw = 20;
const draws = frames / framesADraw;
/** The first ones compile what all others run. */
const warmUpDraws = 10;
const mostGrowth = 5 * 1024 * 1024;

interface Driven {
  /** Frames that come together; resolves when they have been drawn. */
  tell(frames: readonly StreamFrame[]): Promise<void>;
}

/** The page's stream is the test's: a server's would take ten minutes. It is in the page, whose heap is measured. */
function takeStream(): void {
  Reflect.deleteProperty(globalThis, "SharedWorker");
  let source: EventTarget | undefined;
  const say = (type: string, data: unknown) =>
    source?.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data) }));
  globalThis.EventSource = class extends EventTarget {
    constructor() {
      super();
      source = this as EventTarget;
      setTimeout(() => {
        this.dispatchEvent(new Event("open"));
        say("start", { build: "test", at: "test.0" });
      });
    }
    close(): void {}
  } as unknown as typeof EventSource;
  const stream: Driven = {
    async tell(frames) {
      for (const frame of frames) say("message", frame);
      await new Promise(requestAnimationFrame);
    },
  };
  Object.assign(globalThis, { stream });
}

async function heapOf(cdp: CDPSession): Promise<{ bytes: number; nodes: number }> {
  // What is only held by what the first collection frees goes with the second.
  await cdp.send("HeapProfiler.collectGarbage");
  await cdp.send("HeapProfiler.collectGarbage");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  const { nodes } = await cdp.send("Memory.getDOMCounters");
  return { bytes: usedSize, nodes };
}

/** Ten minutes of updates, as fast as they are drawn, which `drive` makes, from one draw to another. */
async function expectFlat(
  page: Page,
  name: string,
  drive: (from: number, to: number) => Promise<void>,
): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await drive(0, warmUpDraws);
  const before = await heapOf(cdp);
  const begun = performance.now();
  await drive(warmUpDraws, warmUpDraws + draws);
  const after = await heapOf(cdp);
  const kilobytes = (bytes: number) => Math.round(bytes / 1_024);
  console.log(
    `${name}: ${kilobytes(before.bytes)} KB, after ${frames} frames ${kilobytes(after.bytes)} KB; ` +
      `${before.nodes} nodes, then ${after.nodes}; ${Math.round(performance.now() - begun)} ms`,
  );
  expect(after.bytes - before.bytes).toBeLessThan(mostGrowth);
  expect(after.nodes - before.nodes).toBeLessThan(1_000);
}

browserTest(
  "ten minutes of live updates leave an execution's heap as it was",
  async () => {
    const page = await tests.comes({ isAlone: true });
    await page.addInitScript(takeStream);
    await page.goto(tests.server.url + pageOf("executions", arn));
    await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
    await page.getByRole("button", { name: /^Settle, Task/ }).waitFor();
    const view = await api.view(arn);
    const visits = await api.visits(arn);
    const change: ExecutionChange = { ...view, visits, visitCount: visits.length };
    await expectFlat(page, "An execution", (from, to) =>
      page.evaluate(
        async ({ change: first, from, to, framesADraw: many }) => {
          const { stream } = globalThis as unknown as { stream: Driven };
          for (let draw = from; draw < to; draw++) {
            const together = Array.from({ length: many }, (_, index) => {
              const number = draw * many + index;
              return {
                topic: "execution" as const,
                change: {
                  ...first,
                  lastEventId: first.lastEventId + number,
                  transitions: first.transitions + number,
                  nodes: first.nodes.map((node) => ({ ...node, entries: node.entries + number })),
                  visits: first.visits.map((visit) => ({
                    ...visit,
                    within: visit.within + number,
                  })),
                },
              };
            });
            await stream.tell(together);
          }
        },
        { change, from, to, framesADraw },
      ),
    );
    const last = view.lastEventId + (warmUpDraws + draws) * framesADraw - 1;
    await page.getByText(`${last.toLocaleString("en-US")} of 25,000 events`).waitFor();
  },
  60_000,
);

browserTest(
  "ten minutes of live updates leave a list's heap as it was",
  async () => {
    const page = await tests.comes({ isAlone: true });
    await page.addInitScript(takeStream);
    await page.goto(`${tests.server.url}/executions`);
    await page.getByRole("banner").getByText("Live", { exact: true }).waitFor();
    await page.getByRole("link", { name: "long", exact: true }).waitFor();
    const { rows } = await api.read<ExecutionPage>("executions?filter=");
    await expectFlat(page, "A list", (from, to) =>
      page.evaluate(
        async ({ rows, from, to, framesADraw: many }) => {
          const { stream } = globalThis as unknown as { stream: Driven };
          for (let draw = from; draw < to; draw++) {
            const together = Array.from({ length: many }, (_, index) => ({
              topic: "executions" as const,
              rows: rows.map((row) => ({ ...row, redriveCount: (draw * many + index) % 7 })),
              at: `test.${draw * many + index}`,
            }));
            await stream.tell(together);
          }
        },
        { rows, from, to, framesADraw },
      ),
    );
    await page.evaluate(async (all) => {
      const { stream } = globalThis as unknown as { stream: Driven };
      await stream.tell([
        { topic: "executions", rows: all.map((row) => ({ ...row, status: "ABORTED" })) },
      ]);
    }, rows);
    await page.getByRole("row", { name: /long/ }).getByText("Aborted").waitFor();
  },
  60_000,
);

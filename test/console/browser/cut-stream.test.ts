import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { pageOf } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi } from "./console-api.ts";
import { createWorkflows } from "./workflows.ts";

const tests = browserTests({ withExamples: false });
let api: ConsoleApi;
beforeAll(async () => {
  if (!isWithBrowser) return;
  api = new ConsoleApi(tests.server);
  await createWorkflows(tests.server, ["settle-invoices"]);
});

const invoices = [1, 2, 3, 4, 5, 6];
const streams = "**/api/stream?**";

/** What the page says of the run: its facts, each card of the graph, each row of the tree. */
async function shown(page: Page): Promise<readonly (readonly string[])[]> {
  const texts = async (selector: string) =>
    (await page.locator(selector).allInnerTexts()).filter((text) => !text.startsWith("Started"));
  const cards = page.locator("button[data-key]");
  const names = await cards.evaluateAll((all) => all.map((card) => card.ariaLabel ?? ""));
  return [await texts("header dl > div"), names, await texts('[role="row"]')];
}

/** The page has come to the end, and shows what one shows that has just read it. */
async function expectWhole(page: Page, arn: string): Promise<void> {
  const view = await api.ended(arn);
  await page.locator("header").getByText("Succeeded", { exact: true }).waitFor();
  await page.getByText(`${view.lastEventId} of 25,000 events`).waitFor();
  const fresh = await tests.open(pageOf("executions", arn));
  await fresh
    .getByRole("row", { name: /Settle/ })
    .first()
    .waitFor();
  await fresh.getByRole("button", { name: /^Settle, Task, Succeeded/ }).waitFor();
  const whole = await shown(fresh);
  await expect.poll(() => shown(page)).toEqual(whole);
  const visits = await api.visits(arn);
  const settled = visits.filter(({ name, status }) => name === "Settle" && status === "succeeded");
  expect(settled).toHaveLength(invoices.length);
  expect(await page.locator('[role="treegrid"]').first().getAttribute("aria-rowcount")).toBe(
    await fresh.locator('[role="treegrid"]').first().getAttribute("aria-rowcount"),
  );
}

async function work(tasks: number): Promise<void> {
  for (let done = 0; done < tasks; done++) await api.work("settlements");
}

const state = (page: Page, name: string) =>
  page.getByRole("banner").getByRole("status").filter({ hasText: name });

browserTest(
  "a server that is started again in the middle of a run loses and doubles nothing",
  async () => {
    tests.forgive(/ERR_|Failed to fetch/);
    const arn = await api.start("settle-invoices", "restarted", invoices);
    const page = await tests.open(pageOf("executions", arn));
    await state(page, "Live").waitFor();
    await work(2);
    await page.getByRole("button", { name: /^Settle, Task/ }).waitFor();
    await tests.server.stop();
    await state(page, "Reconnecting").waitFor();
    await tests.server.restart();
    // The page does not know yet that there is a server again.
    await work(4);
    await state(page, "Live").waitFor();
    await expectWhole(page, arn);
  },
  60_000,
);

browserTest(
  "a stream that is refused is asked for again, and the page reads meanwhile",
  async () => {
    tests.forgive(/503/);
    const arn = await api.start("settle-invoices", "refused", invoices);
    const context = await tests.comes({ isAlone: true });
    // As a proxy answers: it ends an EventSource for good, which a broken connection does not.
    // Only what a page asks for by itself can be refused here: this is also the way without shared workers.
    await context.addInitScript(() => Reflect.deleteProperty(globalThis, "SharedWorker"));
    await context.route(streams, (route) => route.fulfill({ status: 503, body: "" }));
    await context.goto(`${tests.server.url}${pageOf("executions", arn)}`);
    await state(context, "Polling").waitFor();
    await work(3);
    await context
      .getByRole("row", { name: /Settle/ })
      .nth(2)
      .waitFor();
    await context.unroute(streams);
    await state(context, "Live").waitFor();
    await work(3);
    await expectWhole(context, arn);
  },
  60_000,
);

browserTest(
  "when the tab that opened the stream closes in the middle of a run, the others lose and double nothing",
  async () => {
    const arn = await api.start("settle-invoices", "followed", invoices);
    const first = await tests.open("/executions");
    await state(first, "Live").waitFor();
    const [page, list] = [await first.context().newPage(), await first.context().newPage()];
    await page.goto(tests.server.url + pageOf("executions", arn));
    await list.goto(`${tests.server.url}/executions?q=name:followed`);
    for (const each of [page, list]) await state(each, "Live").waitFor();
    await work(2);
    await page.getByRole("button", { name: /^Settle, Task/ }).waitFor();
    await first.close();
    await work(4);
    await list.getByRole("row", { name: /Succeeded.*followed|followed.*Succeeded/ }).waitFor();
    for (const each of [page, list]) await state(each, "Live").waitFor();
    await expectWhole(page, arn);
  },
  60_000,
);

browserTest(
  "what was read slowly does not take back what the stream has told since",
  async () => {
    const arn = await api.start("settle-invoices", "slow", invoices);
    const page = await tests.comes();
    const gate = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await page.route("**/visits?**", async (route) => {
      const response = await route.fetch();
      asked.resolve();
      await gate.promise;
      await route.fulfill({ response });
    });
    await page.goto(`${tests.server.url}${pageOf("executions", arn)}`);
    await asked.promise;
    await state(page, "Live").waitFor();
    await work(invoices.length);
    await api.ended(arn);
    gate.resolve();
    await expectWhole(page, arn);
  },
  60_000,
);

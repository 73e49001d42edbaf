/// <reference lib="dom" />
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

const indicator = (page: Page) => page.getByRole("banner").getByRole("status");
const live = (page: Page) =>
  indicator(page)
    .filter({ hasText: /^Live$/ })
    .waitFor();

/** A browser has six connections for a host: a stream for each tab would leave none for the seventh. */
const tabs = 7;

browserTest(
  "seven tabs of one browser are live at once, and the seventh answers a click",
  async () => {
    const arn = await api.start("settle-invoices", "seen-by-all", [1]);
    const first = await tests.open("/executions");
    const pages = [first];
    while (pages.length < tabs) pages.push(await first.context().newPage());
    const seventh = pages.at(-1) as Page;
    await Promise.all(
      pages
        .slice(1)
        .map((page) =>
          page.goto(
            tests.server.url + (page === seventh ? pageOf("executions", arn) : "/executions"),
          ),
        ),
    );
    await Promise.all(pages.map(live));
    await api.work("settlements");
    await api.start("settle-invoices", "told-to-all", []);
    await Promise.all(
      pages.slice(0, -1).map(async (page) => {
        await page.getByRole("link", { name: "told-to-all" }).waitFor();
        await page
          .getByRole("row", { name: /seen-by-all/ })
          .getByText("Succeeded")
          .waitFor();
      }),
    );
    await seventh.locator("header").getByText("Succeeded", { exact: true }).waitFor();
    await seventh.getByRole("link", { name: "Workflows" }).first().click();
    await seventh.getByRole("heading", { level: 1, name: "Workflows" }).waitFor();
    await seventh.getByRole("link", { name: "settle-invoices" }).first().waitFor();
    await live(seventh);
  },
  60_000,
);

/** Headless pages are never hidden: the page is told so. */
async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (hidden ? "hidden" : "visible"),
    });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, isHidden);
}

browserTest(
  "a hidden tab pauses after 30 seconds, counts what is new, and catches up when it is shown",
  async () => {
    const arn = await api.start("settle-invoices", "while-away", [1, 2, 3]);
    const page = await tests.comes({ isAlone: true });
    await page.clock.install();
    await page.goto(tests.server.url + pageOf("executions", arn));
    await live(page);
    await setHidden(page, true);
    await page.clock.fastForward(29_000);
    await live(page);
    await page.clock.fastForward(1_500);
    await indicator(page)
      .filter({ hasText: /^Paused$/ })
      .waitFor();
    for (let done = 0; done < 3; done++) await api.work("settlements");
    const { lastEventId } = await api.ended(arn);
    await indicator(page)
      .filter({ hasText: /^Paused – [1-9]\d* new$/ })
      .waitFor();
    const head = page.locator("header").last();
    expect(await head.getByText("Running", { exact: true }).count()).toBe(1);
    await setHidden(page, false);
    await live(page);
    await page.locator("header").getByText("Succeeded", { exact: true }).waitFor();
    await page.getByText(`${lastEventId} of 25,000 events`).waitFor();
  },
  60_000,
);

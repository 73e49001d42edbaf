import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import type { HomeView } from "../../../src/console/view-types.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi } from "./console-api.ts";

const tests = browserTests();
beforeAll(async () => {
  if (!isWithBrowser) return;
  const api = new ConsoleApi(tests.server);
  await api.ended(await api.start("choice", "today", { foo: 1 }));
}, 60_000);

const windowOf = (page: Page) => {
  const { searchParams } = new URL(page.url());
  return { from: Number(searchParams.get("from")), to: Number(searchParams.get("to")) };
};
const half = 30 * 60_000;

browserTest(
  "a part of the day is chosen by keyboard and filters what is below the chart",
  async () => {
    const page = await tests.open("/");
    const chart = page.getByRole("slider");
    await chart.focus();
    await page.keyboard.press("ArrowLeft");
    await page.getByRole("heading", { name: "Executions in this time" }).waitFor();
    const newest = windowOf(page);
    expect(newest.to - newest.from).toBe(half);
    await page.getByRole("row", { name: /today/ }).waitFor();

    // With Shift it grows, to where it goes.
    for (const size of [2, 3]) {
      await page.keyboard.press("Shift+ArrowLeft");
      await expect.poll(() => windowOf(page).to - windowOf(page).from).toBe(size * half);
    }
    expect(windowOf(page).to).toBe(newest.to);

    // An earlier half hour, in which nothing was started.
    await page.keyboard.press("ArrowLeft");
    await page.getByText("No execution was started in this time").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("heading", { name: "Recent executions" }).waitFor();
    expect(new URL(page.url()).search).toBe("");
  },
);

browserTest("a part of the day is chosen by dragging, and leads to its executions", async () => {
  const page = await tests.open("/");
  const chart = page.getByRole("slider");
  const box = await chart.boundingBox();
  if (box === null) throw new Error("The chart is not shown.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - 2, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await page.getByRole("heading", { name: "Executions in this time" }).waitFor();
  const { from, to } = windowOf(page);
  expect(to - from).toBeGreaterThanOrEqual(11 * 2 * half);
  const home: HomeView = await page.evaluate(
    async ([a, b]) => (await fetch(`api/home?from=${a}&to=${b}`)).json() as Promise<HomeView>,
    [from, to],
  );
  expect(home.counts.succeeded).toBeGreaterThan(0);
  await page.getByRole("link", { name: "Show these executions" }).first().click();
  await page.getByRole("heading", { name: "Executions", level: 1 }).waitFor();
  expect(new URL(page.url()).searchParams.get("q")).toBe(
    `started:${new Date(from).toISOString()}..${new Date(to - 1).toISOString()}`,
  );
  await page.getByRole("row", { name: /today/ }).waitFor();
});

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
  await createWorkflows(tests.server, ["reprice-catalogue", "ship-parcel", "fulfil-order"]);
});

const itemsOfMap = 10_000;
const failing = 7_777;

browserTest(
  "ten thousand items are cells of one grid, and the one that failed is found",
  async () => {
    const prices = Array.from({ length: itemsOfMap }, (_, index) =>
      index === failing ? -1 : index,
    );
    const before = performance.now();
    const arn = await api.start("reprice-catalogue", "all", prices);
    const page = await tests.open(pageOf("executions", arn));
    await page.getByRole("button", { name: /^Reprice, Map/ }).click();
    await page.getByRole("link", { name: /^Reprice:/ }).click();
    const grid = page.getByRole("slider", { name: "10,000 items in input order" });
    await grid.waitFor();
    await api.ended(arn);
    console.log(`10,000 items took ${((performance.now() - before) / 1000).toFixed(1)} s`);
    await page.getByText("9,999", { exact: false }).first().waitFor();
    await grid.focus();
    await page.keyboard.press("n");
    await expect
      .poll(() => grid.getAttribute("aria-valuetext"))
      .toMatch(/Item 7,777 · Failed · PriceBelowZero/);
    expect(new URL(page.url()).searchParams.get("item")).toBe(String(failing));
    await page.keyboard.press("Enter");
    const drawer = page.getByRole("complementary", { name: "Item 7,777" });
    await drawer.getByText("PriceBelowZero").first().waitFor();
    await drawer
      .getByRole("button", { name: /No such price/ })
      .first()
      .waitFor();
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    await page.keyboard.press("Control+g");
    await page.keyboard.type("42");
    await page.keyboard.press("Enter");
    await expect.poll(() => grid.getAttribute("aria-valuetext")).toMatch(/Item 42 · Succeeded/);
    await page.keyboard.press("n");
    await page.keyboard.press("Enter");
    await drawer.getByRole("link", { name: "Open the execution" }).click();
    await page
      .getByRole("region", { name: "Why it stopped" })
      .getByText("PriceBelowZero")
      .waitFor();
  },
  60_000,
);

browserTest("an execution and the one that it started lead to each other", async () => {
  const arn = await api.start("fulfil-order", "outer", {});
  await api.ended(arn);
  const page = await tests.open(pageOf("executions", arn));
  await page.getByRole("button", { name: /^Ship it, Task, Succeeded/ }).click();
  await page.getByRole("link", { name: /^ship-parcel · / }).click();
  await page.getByRole("button", { name: /^Hand over, Pass, Succeeded/ }).waitFor();
  await page.getByRole("link", { name: "outer", exact: true }).first().click();
  await page.getByRole("heading", { name: "outer", level: 1 }).waitFor();
  await page.getByRole("button", { name: /^Ship it, Task, Succeeded/ }).waitFor();
});

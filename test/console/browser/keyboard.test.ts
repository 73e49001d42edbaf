import type { Page } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi, large, order } from "./console-api.ts";

const tests = browserTests();
let api: ConsoleApi;
beforeAll(() => {
  if (isWithBrowser) api = new ConsoleApi(tests.server);
});

/** A busy machine may take a while to draw. */
const untilShown = { timeout: 10_000 };

/** The role and the name of what has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement as HTMLElement;
    const name = element.ariaLabel ?? element.textContent ?? "";
    return `${element.role ?? element.tagName.toLowerCase()} ${name.trim()}`;
  });

/** Goes on with Tab until what has the focus is this; what has it can be seen all the way. */
async function tabTo(page: Page, wanted: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    if (wanted.test(await focused(page))) {
      const isSeen = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const { outlineStyle, boxShadow, borderColor } = getComputedStyle(element);
        return outlineStyle !== "none" || boxShadow !== "none" || borderColor !== "";
      });
      expect(isSeen).toBe(true);
      return;
    }
  }
  throw new Error(`Tab does not come to ${wanted}`);
}

browserTest(
  "an order's day is walked by keyboard alone",
  async () => {
    const page = await tests.open("/");
    const { keyboard } = page;
    await page.getByRole("heading", { level: 1 }).first().waitFor();

    // To the workflow by the list.
    await keyboard.press("g");
    await keyboard.press("w");
    await page.getByRole("heading", { name: "Workflows", level: 1 }).waitFor();
    await page.getByRole("link", { name: "order-processing" }).first().waitFor();
    await tabTo(page, /^a order-processing$/);
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "order-processing", level: 1 }).waitFor();

    // A large order is started from its dialog.
    await keyboard.press("s");
    const dialog = page.getByRole("dialog", { name: "Start order-processing" });
    const input = dialog.getByRole("textbox", { name: "Input" });
    await input.waitFor();
    await expect
      .poll(() => input.evaluate((element) => element === document.activeElement), untilShown)
      .toBe(true);
    await keyboard.press("Control+a");
    await keyboard.insertText(JSON.stringify(order("keys", large)));
    await keyboard.press("Control+Enter");
    await page.getByRole("button", { name: /^Ask for approval, Task, Waiting/ }).waitFor();

    // The graph is one stop, and its arrows go along the edges.
    await tabTo(page, /^button Receive order/);
    await keyboard.press("ArrowDown");
    expect(await focused(page)).toMatch(/^button Large order\?/);
    await keyboard.press("Enter");
    await expect.poll(() => new URL(page.url()).search, untilShown).toContain("visit=");

    // It is approved in the inbox.
    await keyboard.press("g");
    await keyboard.press("a");
    await page.getByRole("heading", { name: /Approve order keys/ }).waitFor();
    await tabTo(page, /^textarea|^input/);
    await keyboard.press("Escape");
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await keyboard.press("a");
    await page.getByRole("dialog", { name: "Approve this?" }).waitFor();
    await keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "Approved" }).waitFor();

    // What came of it is one link away.
    await tabTo(page, /^a Open the execution/);
    await keyboard.press("Enter");
    await page.getByRole("button", { name: /^Ship, Task, Succeeded/ }).waitFor();
    await page.locator("header").getByText("Succeeded", { exact: true }).waitFor();

    // The keys themselves are shown, and Escape leads back.
    await keyboard.press("?");
    const help = page.getByRole("dialog");
    await help.getByText("Start an execution").or(help.getByText("Graph alone")).first().waitFor();
    await keyboard.press("Escape");
    await help.waitFor({ state: "detached" });

    // Any page by the palette.
    await keyboard.press("Control+k");
    await page.getByRole("dialog").waitFor();
    await keyboard.type("settings");
    await keyboard.press("Enter");
    await page.getByRole("heading", { name: "Settings", level: 1 }).waitFor();
    expect(await api.read<readonly unknown[]>("approvals")).toEqual([]);
  },
  60_000,
);

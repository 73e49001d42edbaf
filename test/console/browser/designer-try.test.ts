import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect } from "vitest";
import { machineArn, pageOf } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";

const tests = browserTests({ withExamples: false });
const arn = machineArn("tried-order");
const design = `${pageOf("workflows", arn)}/design`;
/** A machine that does other things, too, needs a while for the first graph. */
const longestMs = 60_000;
const pass = { Type: "Pass", End: true };

/** Charges, asks nobody about small orders, and packs and writes at once. */
const definition = {
  StartAt: "Charge",
  States: {
    Charge: {
      Type: "Task",
      Resource: "arn:aws:lambda:us-east-1:000000000000:function:charge",
      ResultSelector: { "paid.$": "$.amount" },
      ResultPath: "$.charge",
      Retry: [{ ErrorEquals: ["Busy"], IntervalSeconds: 3600, MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ["Declined"], Next: "Refuse" }],
      Next: "Large?",
    },
    "Large?": {
      Type: "Choice",
      Choices: [{ Variable: "$.charge.paid", NumericGreaterThan: 100, Next: "Both" }],
      Default: "Done",
    },
    Both: {
      Type: "Parallel",
      Branches: [
        { StartAt: "Pack", States: { Pack: pass } },
        { StartAt: "Write", States: { Write: pass } },
      ],
      Next: "Done",
    },
    Done: { Type: "Succeed" },
    Refuse: { Type: "Fail", Error: "Refused" },
  },
};

beforeAll(async () => {
  if (!isWithBrowser) return;
  await tests.server.service.call("CreateStateMachine", {
    name: "tried-order",
    definition: JSON.stringify(definition, undefined, 2),
    roleArn: "arn:aws:iam::000000000000:role/r",
  });
});

const card = (page: Page, name: RegExp) =>
  page.getByRole("group", { name: "Graph" }).getByRole("button", { name });
/** Its card, in whichever graph is shown. */
const stateOf = (page: Page, key: string) => page.locator(`[data-key="${key}"]`).first();
const drawer = (page: Page) => page.getByRole("region", { name: "Try" });
const fill = (page: Page, name: string, value: unknown) =>
  drawer(page).getByRole("textbox", { name, exact: true }).fill(JSON.stringify(value));

/** What the server keeps: the cases' mock file, as the page exports it. */
async function exported(page: Page): Promise<unknown> {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export the mock file" }).click();
  return JSON.parse(readFileSync(await (await download).path(), "utf8"));
}

describe("a state", () => {
  browserTest(
    "is tested with a mock, shows each stage, and becomes a test case that covers its way",
    async () => {
      const page = await tests.open(design);
      await stateOf(page, "/Charge").click();
      await page.keyboard.press("Control+.");
      await fill(page, "Input", { total: 5 });
      await fill(page, "What the call returns", { amount: 5, secret: "x" });
      await page.keyboard.press("Control+Enter");
      const outcome = drawer(page).getByRole("region", { name: "What it came to" });
      await outcome.getByRole("status").getByText("Succeeded").waitFor();
      for (const stage of ["Raw input", "Result", "After ResultSelector", "After ResultPath"]) {
        await outcome.getByRole("list", { name: stage, exact: true }).waitFor();
      }
      expect(
        await outcome.getByRole("list", { name: "After ResultSelector" }).innerText(),
      ).toContain("paid");

      // An error that the Retrier takes until it has no attempts left; the Catcher names another.
      await drawer(page).getByRole("radio", { name: "Error" }).click();
      await drawer(page).getByRole("textbox", { name: "Error", exact: true }).fill("Busy");
      await drawer(page).getByRole("button", { name: "Test again" }).click();
      await outcome.getByText("Retrier 1 takes it").waitFor();
      await drawer(page).getByRole("spinbutton", { name: "Retries already made" }).fill("2");
      await drawer(page).getByRole("button", { name: "Test again" }).click();
      await outcome.getByText("Retrier 1 names it, and has no attempts left").waitFor();
      await drawer(page).getByRole("textbox", { name: "Error", exact: true }).fill("Declined");
      await drawer(page).getByRole("button", { name: "Test again" }).click();
      await outcome.getByText("Catcher 1 takes it").waitFor();

      await outcome.getByRole("button", { name: "Save as test case" }).click();
      const dialog = page.getByRole("dialog", { name: "Save as a test case" });
      await dialog.getByRole("textbox", { name: "Name" }).fill("Declined");
      await dialog.getByRole("button", { name: "Save" }).click();
      await outcome.getByText("Saved as the test case “Declined”.").waitFor();
      // The next state is one press away.
      await outcome.getByRole("button", { name: "Refuse" }).click();
      await drawer(page).getByText("Refuse", { exact: true }).first().waitFor();

      await drawer(page).getByRole("radio", { name: "Test cases" }).click();
      await page.getByRole("button", { name: "Run all" }).click();
      await page.getByText("1 of 1 passed").waitFor();
      await card(page, /^Charge, Task, Covered/).waitFor();
      await card(page, /^Both, Parallel, Not covered/).waitFor();
      await page.getByText("2 of 7 states covered").waitFor();
      expect(await exported(page)).toMatchObject({
        StateMachines: { "tried-order": { TestCases: { Declined: { Charge: "Charge" } } } },
        MockedResponses: { Charge: { "0": { Throw: { Error: "Declined" } } } },
        Expectations: {
          "tried-order": {
            Declined: { status: "FAILED", path: ["...", "Charge", "Refuse", "..."] },
          },
        },
      });
    },
    longestMs,
  );

  browserTest(
    "that a case names and that was renamed in the text is offered to be renamed there, too",
    async () => {
      const path = `${tests.server.url}/api/designer/test-cases/${encodeURIComponent(arn)}`;
      const testCase = { name: "Old", input: {}, mocks: { Pay: { "0": { Return: {} } } } };
      const page = await tests.open(`${design}?tool=cases`);
      await page.evaluate(
        ([to, body]) =>
          fetch(to, { method: "PUT", body, headers: { "Content-Type": "application/json" } }),
        [path, JSON.stringify({ cases: [testCase] })] as const,
      );
      await page.reload();
      await page.getByText("Pay is called now").waitFor();
      await page.getByRole("combobox", { name: "Pay is called now" }).selectOption("Charge");
      await page.getByRole("button", { name: "Rename in the cases" }).click();
      await page.getByText("Pay is called now").waitFor({ state: "detached" });
      expect(await exported(page)).toMatchObject({
        StateMachines: { "tried-order": { TestCases: { Old: { Charge: "Charge" } } } },
      });

      // What a case expects and is not so is shown with both.
      await page.getByRole("button", { name: "Edit: Old" }).click();
      await page.getByRole("textbox", { name: "Path" }).fill("Charge\nDone");
      await page.getByRole("button", { name: "Save the case" }).click();
      await page.getByRole("button", { name: "Run all" }).click();
      await page.getByText("0 of 1 passed").waitFor();
      await page.getByRole("table", { name: "Differences" }).getByText("path").waitFor();
    },
    longestMs,
  );
});

describe("a simulation", () => {
  browserTest(
    "is gone through by keys with breakpoints, run again with another mock at the same place, and opened as an execution",
    async () => {
      const page = await tests.open(design);
      await stateOf(page, "/Charge").click();
      await page.keyboard.press("Control+Shift+.");
      await fill(page, "Input", { total: 5 });
      await drawer(page).getByRole("button", { name: "Simulate" }).click();
      // {} has no amount: the assumed answer is made a mock, and mended.
      await card(page, /^Charge, Task, Failed/).waitFor();
      await drawer(page).getByRole("radio", { name: "Input and mocks" }).click();
      await drawer(page).getByRole("button", { name: "Mock Charge with it" }).click();
      await drawer(page).locator("summary", { hasText: "Charge" }).click();
      await fill(page, "Result", { amount: 500 });
      await drawer(page).getByRole("button", { name: "Run again" }).click();
      await card(page, /^Done, Succeed, Succeeded/).waitFor();

      const at = drawer(page).getByRole("toolbar").getByRole("status");
      await card(page, /^Write/).click();
      await page.keyboard.press("b");
      await card(page, /^Write, Pass, .*Breakpoint/).waitFor();
      await drawer(page).getByRole("button", { name: "To the beginning" }).click();
      await page.keyboard.press("F11");
      await at.getByText("At Charge").waitFor();
      await page.keyboard.press("F10");
      await page.keyboard.press("F10");
      await at.getByText("At Large?").waitFor();
      await page.keyboard.press("F5");
      await at.getByText("At Write").waitFor();
      await card(page, /^Write, Pass, Running/).waitFor();
      await card(page, /^Done, Succeed(?!, )/).waitFor();
      await page.keyboard.press("Shift+F11");
      await at.getByText("At Both").waitFor();
      await page.keyboard.press("Shift+F10");
      await page.keyboard.press("Shift+F10");

      // Another answer, and the recording is where it was as far as it can be.
      const slider = drawer(page).getByRole("slider", { name: "Moment of the run" });
      const before = await slider.getAttribute("aria-valuenow");
      await drawer(page).getByRole("radio", { name: "Input and mocks" }).click();
      await drawer(page).locator("summary", { hasText: "Charge" }).click();
      await fill(page, "Result", { amount: 501 });
      await drawer(page).getByRole("button", { name: "Run again" }).click();
      await slider.waitFor();
      expect(await slider.getAttribute("aria-valuenow")).toBe(before);

      await drawer(page).getByRole("button", { name: "Open in the execution view" }).click();
      await page.getByText("Simulation, read only").waitFor();
      await page.getByRole("heading", { name: "Simulation of tried-order" }).waitFor();
    },
    longestMs,
  );
});

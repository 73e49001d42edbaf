import type { Locator, Page } from "playwright-core";
import { beforeAll, describe, expect } from "vitest";
import { executionArn, machineArn, pageOf } from "./arns.ts";
import { findings, withAxe, withoutStyleSheets } from "./axe.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { settled } from "./page-checks.ts";

const tests = browserTests({ withExamples: false });
/** A machine that does other things, too, needs a while for the first graph. */
const longestMs = 60_000;

const price = {
  QueryLanguage: "JSONata",
  StartAt: "Price",
  States: {
    Price: {
      Type: "Pass",
      Output: { total: "{% $states.input.order.totl * 2 %}" },
      Next: "Done",
    },
    Done: { Type: "Succeed" },
  },
};

const classic = {
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage",
      Parameters: { QueueUrl: "http://queue/one", "MessageBody.$": "$.text" },
      Next: "Large?",
    },
    "Large?": {
      Type: "Choice",
      Choices: [
        { Variable: "$.count", NumericGreaterThan: 10, Next: "Rest" },
        { Variable: "$.kind", StringEquals: "late", Next: "Rest" },
      ],
      Default: "Rest",
    },
    Rest: { Type: "Wait", Seconds: 5, End: true },
  },
};

beforeAll(async () => {
  if (!isWithBrowser) return;
  const { service } = tests.server;
  for (const [name, definition] of Object.entries({ price, classic })) {
    await service.call("CreateStateMachine", {
      name,
      definition: JSON.stringify(definition, undefined, 2),
      roleArn: "arn:aws:iam::000000000000:role/any",
    } as never);
  }
  await service.call("StartExecution", {
    stateMachineArn: machineArn("price"),
    name: "wrong",
    input: '{"order":{"total":21,"items":[{"name":"lamp"}]}}',
  } as never);
});

const inspectorOf = (page: Page): Locator => page.getByRole("region", { name: "Inspector" });

function designOf(name: string, state: string): string {
  return `${pageOf("workflows", machineArn(name))}/design?state=${encodeURIComponent(`/${state}`)}`;
}

/** The inspected state as the definition has it now. */
async function stateJson(inspector: Locator): Promise<Readonly<Record<string, unknown>>> {
  await inspector.getByRole("tab", { name: "JSON" }).click();
  const text = await inspector.getByRole("textbox", { name: / as JSON$/ }).innerText();
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}

describe("the designer's inspector", () => {
  browserTest(
    "opens a failed run's state with its data, and shows what a mended expression comes to",
    async () => {
      const page = await tests.open(pageOf("executions", executionArn("price", "wrong")));
      await page.getByRole("link", { name: "Open in designer" }).first().click();
      const inspector = inspectorOf(page);
      await inspector.getByRole("textbox", { name: "Name of the state" }).waitFor();
      await inspector.getByRole("button", { name: "Execution wrong" }).click();
      await inspector.getByRole("tab", { name: "Output" }).click();
      await inspector.getByText(/Output\/total/).waitFor();

      await inspector.getByRole("button", { name: "Output as an expression" }).click();
      const output = inspector.getByRole("textbox", { name: "Output", exact: true });
      await output.click();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type("$states.input.order.to");
      await page.getByRole("option", { name: /^total/ }).click();
      await page.keyboard.type(" + $count([1, ");
      await inspector.getByRole("button", { name: "Open order" }).click();
      await inspector.getByRole("button", { name: "Insert $states.input.order.items" }).click();
      // The field has the cursor again, behind the path.
      await page.keyboard.press("End");
      await inspector.getByText("23", { exact: true }).waitFor();

      const undo = page.getByRole("button", { name: "Undo" });
      expect(await stateJson(inspector)).toMatchObject({
        Output: "{% $states.input.order.total + $count([1, $states.input.order.items]) %}",
      });
      while (await undo.isEnabled()) await undo.click();
      await expect.poll(() => stateJson(inspector)).toEqual(price.States.Price);
    },
    longestMs,
  );

  browserTest(
    "edits a task's members, patterns and Retriers, and keeps what it does not know",
    async () => {
      const page = await tests.open(designOf("classic", "Ask"));
      const inspector = inspectorOf(page);
      await inspector.getByRole("tab", { name: "JSON" }).click();
      const { Ask } = classic.States;
      const odd = { ...Ask, Parameters: { ...Ask.Parameters, Odd: 1 }, Unknown: "kept" };
      await inspector.getByRole("textbox", { name: "Ask as JSON" }).fill(JSON.stringify(odd));
      await inspector.getByRole("tab", { name: "Config" }).click();
      const body = inspector.getByRole("textbox", { name: "MessageBody" });
      expect(await body.innerText()).toBe("$.text");
      await inspector.getByRole("button", { name: "MessageBody as a value" }).click();
      await inspector.getByRole("textbox", { name: "MessageBody" }).fill("hello");
      await inspector
        .getByRole("combobox", { name: "How it is called" })
        .selectOption("waitForTaskToken");
      await inspector.getByRole("textbox", { name: "Time-out (seconds)" }).fill("x");
      await inspector.getByText("That is not a number.").waitFor();
      await inspector.getByRole("textbox", { name: "Time-out (seconds)" }).fill("90");
      await inspector.getByRole("button", { name: "Heartbeat (seconds) as an expression" }).click();

      await inspector.getByRole("tab", { name: "Errors" }).click();
      await inspector.getByRole("button", { name: "Add a Retrier" }).click();
      await inspector.getByRole("textbox", { name: "Attempts at most" }).fill("5");
      await inspector.getByRole("textbox", { name: "Longest delay (s)" }).fill("4");
      await inspector.getByRole("combobox", { name: "Jitter" }).selectOption("FULL");
      await inspector
        .getByRole("img", { name: /5 more attempts, the last at the latest/ })
        .waitFor();
      await inspector.getByRole("combobox", { name: "Add an error…" }).fill("States.Timeout");
      await page.keyboard.press("Enter");
      await inspector.getByRole("button", { name: "Remove States.ALL", exact: true }).click();

      const { Retry, Parameters, ...state } = await stateJson(inspector);
      expect(Retry).toEqual([
        {
          ErrorEquals: ["States.Timeout"],
          IntervalSeconds: 1,
          MaxAttempts: 5,
          BackoffRate: 2,
          MaxDelaySeconds: 4,
          JitterStrategy: "FULL",
        },
      ]);
      expect(Parameters).toEqual({ QueueUrl: "http://queue/one", MessageBody: "hello", Odd: 1 });
      expect(state).toEqual({
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Unknown: "kept",
        TimeoutSeconds: 90,
        HeartbeatSecondsPath: "$",
        Next: "Large?",
      });
    },
    longestMs,
  );

  browserTest(
    "builds a rule by keyboard, moves it, and renames a state wherever it is named",
    async () => {
      const page = await tests.open(designOf("classic", "Large?"));
      const inspector = inspectorOf(page);
      const first = inspector.getByRole("button", { name: /\$\.count > 10/, expanded: false });
      await first.focus();
      await page.keyboard.press("Enter");
      await inspector.getByRole("combobox", { name: "Kind of condition" }).selectOption("And");
      const operators = inspector.getByRole("combobox", { name: "Comparison" });
      await operators.nth(1).selectOption("StringMatches");
      await inspector.getByRole("textbox", { name: "Compared with" }).nth(1).fill("a*");
      await inspector.getByRole("textbox", { name: "Value to look at" }).nth(1).click();
      await page.keyboard.press("ControlOrMeta+a");
      await page.keyboard.type("$.name");
      await page.keyboard.press("Enter");
      await inspector.getByRole("button", { name: /^Move \$\.kind.* up$/ }).press("Enter");

      expect(await stateJson(inspector)).toEqual({
        Type: "Choice",
        Choices: [
          { Variable: "$.kind", StringEquals: "late", Next: "Rest" },
          {
            And: [
              { Variable: "$.count", NumericGreaterThan: 10 },
              { Variable: "$.name", StringMatches: "a*" },
            ],
            Next: "Rest",
          },
        ],
        Default: "Rest",
      });

      const name = inspector.getByRole("textbox", { name: "Name of the state" });
      await name.fill("Rest");
      await name.press("Enter");
      await inspector.getByText("Another state has this name.").waitFor();
      await name.fill("How many?");
      await name.press("Enter");
      await page.getByRole("button", { name: /^How many\?, Choice/ }).waitFor();
      await page.getByRole("button", { name: /^Ask, Task/ }).click();
      await expect.poll(async () => (await stateJson(inspector))["Next"]).toBe("How many?");
    },
    longestMs,
  );

  browserTest(
    "tries a template with what InputPath takes of typed data, and completes from that",
    async () => {
      const page = await tests.open(designOf("classic", "Ask"));
      const inspector = inspectorOf(page);
      await inspector.getByRole("button", { name: "Pin data…" }).click();
      const dialog = page.getByRole("dialog", { name: "Data for Ask" });
      await dialog.getByRole("radio", { name: "Typed" }).click();
      await dialog
        .getByRole("textbox", { name: "Input" })
        .fill('{"text":"outer","inner":{"text":"taken"}}');
      await dialog.getByRole("button", { name: "Pin this" }).click();
      await inspector.getByText('"outer"', { exact: true }).waitFor();

      await inspector.getByRole("tab", { name: "Input" }).click();
      await inspector.getByRole("textbox", { name: "Part of the input" }).click();
      await page.keyboard.type("$.in");
      await page.getByRole("option", { name: /^inner/ }).click();
      await inspector.getByText('{"QueueUrl":"http://queue/one","MessageBody":"taken"}').waitFor();
      await inspector.getByRole("button", { name: "Typed data" }).click();
      await inspector.getByRole("button", { name: "Insert $.text" }).waitFor();
    },
    longestMs,
  );

  browserTest(
    "has no serious finding of axe, in any of its tabs",
    async () => {
      // What is around it is looked at with the other pages.
      const page = await tests.open(designOf("classic", "Ask"));
      await settled(page);
      const inspector = inspectorOf(page);
      await inspector.getByRole("tab").first().waitFor();
      await withAxe(page);
      for (const tab of await inspector.getByRole("tab").all()) {
        await tab.click();
        const found = await findings(page, withoutStyleSheets, '[aria-label="Inspector"]');
        expect(found, await tab.innerText()).toEqual([]);
      }
    },
    longestMs,
  );
});

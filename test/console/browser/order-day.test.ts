import type { Locator } from "playwright-core";
import { beforeAll, describe, expect } from "vitest";
import { machineArn, pageOf } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi, declined, order, until } from "./console-api.ts";
import { createWorkflows } from "./workflows.ts";
import type { ExecutionPage } from "../../../src/console/view-types.ts";

const tests = browserTests();
let api: ConsoleApi;
beforeAll(async () => {
  if (!isWithBrowser) return;
  api = new ConsoleApi(tests.server);
  await createWorkflows(tests.server, ["settle-invoice"]);
});

/** The execution that was started last. */
async function newest(machine: string): Promise<string> {
  return until(`an execution of ${machine}`, async () => {
    const { rows } = await api.read<ExecutionPage>(
      `executions?filter=${encodeURIComponent(`workflow:${machine}`)}`,
    );
    return rows[0]?.executionArn;
  });
}

const failurePanel = "Why it stopped";

describe("an order", () => {
  browserTest("is started from its workflow's page, and watched until it has shipped", async () => {
    const page = await tests.open(pageOf("workflows", machineArn("order-processing")));
    await page.getByRole("button", { name: "Start an execution" }).click();
    const dialog = page.getByRole("dialog", { name: "Start order-processing" });
    await dialog
      .getByRole("textbox", { name: "Input" })
      .fill(JSON.stringify(order("shown", { packingSeconds: 1 })));
    await dialog.getByRole("button", { name: "Start execution" }).click();
    await page.getByRole("button", { name: /^Receive order, Task, Succeeded/ }).waitFor();
    // It is watched from the beginning: nothing here reads the page anew.
    await page.getByRole("button", { name: /^Ship, Task, Succeeded/ }).waitFor();
    await page.locator("header").getByText("Succeeded", { exact: true }).waitFor();
    const { lastEventId } = await api.ended(await newest("order-processing"));
    await page.getByText(`${lastEventId} of 25,000 events`).waitFor();
    expect(new URL(page.url()).pathname).toContain("/console/executions/");
  });

  browserTest("that is declined says which Catcher took it, and can be redriven", async () => {
    const arn = await api.start("order-processing", "declined", order("declined", declined));
    const page = await tests.open(pageOf("executions", arn));
    const why = page.getByRole("region", { name: failurePanel });
    await why.getByRole("heading", { name: "PaymentFailed" }).waitFor();
    await why.getByText("The payment of order declined failed: PaymentDeclined").waitFor();
    await why.getByRole("button", { name: "Payment failed" }).waitFor();
    // The reason is one state further up: the panel says so, and so does that state.
    const said = [
      expect.stringMatching(/Retrier 1\s+names other errors[^]*Lambda\.Unknown/),
      expect.stringMatching(/Catcher 1\s+took it\s+goes to Alert\s+States\.ALL/),
    ];
    const rulesIn = async (place: Locator) => {
      const list = place.getByRole("list", { name: "Retry and Catch" });
      // The code of a tab comes when it is opened.
      await list.waitFor();
      return list.getByRole("listitem").allInnerTexts();
    };
    await why.getByText("PaymentDeclined", { exact: true }).waitFor();
    expect(await rulesIn(why)).toEqual(said);
    await page.getByRole("button", { name: /^Charge payment, Task, Caught/ }).click();
    await page.getByRole("tab", { name: "Retry and Catch" }).click();
    expect(await rulesIn(page.getByRole("tabpanel", { name: "Retry and Catch" }))).toEqual(said);
    await page.getByRole("button", { name: "Redrive" }).click();
    const redrives = page.getByRole("term").filter({ hasText: "Redrives" }).locator("xpath=..");
    await redrives.getByText("1", { exact: true }).waitFor();
    // It fails in a Fail state again, and the page says so without being read anew.
    const view = await api.ended(arn, "FAILED");
    expect(view.redriveCount).toBe(1);
    await page.getByText(`${view.lastEventId} of 25,000 events`).waitFor();
    await why.getByRole("heading", { name: "PaymentFailed" }).waitFor();
  });

  browserTest(
    "whose task failed names each Retrier and Catcher, and succeeds when redriven",
    async () => {
      const arn = await api.start("settle-invoice", "mended", {});
      const page = await tests.open(pageOf("executions", arn));
      await page.getByRole("button", { name: /^Settle, Task, (Running|Waiting)/ }).waitFor();
      await api.work("settlements", { error: "AccountLocked", cause: '{"account":"DE-17"}' });
      const why = page.getByRole("region", { name: failurePanel });
      await why.getByRole("heading", { name: "AccountLocked" }).waitFor();
      await why.getByText("DE-17").waitFor();
      const rules = why.getByRole("list", { name: "Retry and Catch" }).getByRole("listitem");
      expect(await rules.allInnerTexts()).toEqual([
        expect.stringMatching(/Retrier 1\s+names other errors[^]*BankClosed/),
        expect.stringMatching(/Catcher 1\s+names other errors[^]*BankUnknown/),
      ]);
      await page.getByRole("button", { name: "Redrive" }).click();
      await why.waitFor({ state: "detached" });
      await api.work("settlements");
      await page.getByRole("button", { name: /^Archive, Succeed, Succeeded/ }).waitFor();
      await page.locator("header").getByText("Succeeded", { exact: true }).waitFor();
      expect(await page.getByRole("button", { name: "Redrive" }).count()).toBe(0);
    },
  );
});

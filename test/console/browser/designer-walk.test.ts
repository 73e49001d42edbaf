import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { browserTest, browserTests } from "./browser-tests.ts";
import { ConsoleApi } from "./console-api.ts";

const tests = browserTests();
/** A machine that does other things, too, needs a while. */
const longestMs = 90_000;
/** Our choice: what a person does in five minutes, who reads what is there before each. */
const mostGestures = 60;

/** A person's hands: each click, each field that is typed and each lone key is one gesture. */
class Hands {
  gestures = 0;
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async click(target: Locator): Promise<void> {
    this.gestures++;
    await target.click();
  }

  async type(field: Locator, text: string): Promise<void> {
    this.gestures++;
    await field.fill(text);
  }

  async press(key: string): Promise<void> {
    this.gestures++;
    await this.page.keyboard.press(key);
  }

  button(name: string | RegExp): Promise<void> {
    return this.click(this.page.getByRole("button", { name, exact: true }));
  }
}

browserTest(
  "a new user draws an approval with a form, tests it with mocks, saves it, runs it and answers it",
  async () => {
    const page = await tests.open("/");
    const hands = new Hands(page);
    const canvas = page.getByRole("application");

    // Draw: a question, and a task on either side.
    await hands.click(page.getByRole("link", { name: "Workflows", exact: true }));
    await hands.click(page.getByRole("link", { name: "New workflow" }));
    await hands.click(page.getByRole("link", { name: "Design", exact: true }).first());
    await hands.button(/^Ask a person approve or reject/);
    await page.getByText("No problems").waitFor();
    await hands.click(canvas.getByRole("button", { name: /^Ask, / }));
    const asked = page.getByRole("region", { name: "What is asked" });
    await hands.type(asked.getByRole("textbox", { name: "Title" }), "Approve the trip?");
    await hands.type(asked.getByRole("textbox", { name: "Label of a new field" }), "Cost centre");
    await hands.press("Enter");
    const costCentre = asked.getByRole("listitem").filter({ hasText: "costCentre" });
    await hands.click(costCentre.getByRole("checkbox", { name: "Has to be filled in" }));

    // The form as it will be seen: it refuses what the answer page would, and says what the workflow gets.
    const preview = page.getByRole("region", { name: "As it will be seen" });
    await preview.getByText("Approve the trip?").waitFor();
    await hands.click(preview.getByRole("button", { name: "Approve" }));
    await preview.getByRole("alert").waitFor();
    await hands.type(preview.getByRole("textbox", { name: "Cost centre" }), "4711");
    await hands.click(preview.getByRole("button", { name: "Approve" }));
    await preview.getByText('{"costCentre":"4711","approved":true}').waitFor();

    const inspected = page.getByRole("textbox", { name: "Name of the state" });
    const added = { Task: "the start and Ask", "Task (2)": "Approved and the end" };
    for (const [name, place] of Object.entries(added)) {
      await hands.click(canvas.getByRole("button", { name: `Add a state between ${place}` }));
      await hands.type(page.getByRole("combobox", { name: "Add a state" }), "task");
      await hands.press("Enter");
      // The fields of the state before have the same names.
      await expect.poll(() => inspected.inputValue()).toBe(name);
      const chosen = page.getByRole("combobox", { name: "FunctionName" });
      await hands.type(chosen, "greet");
      await hands.click(page.getByRole("option", { name: /greet/ }));
    }

    // Simulate, and keep it as a case; another case for a refusal.
    await hands.button("Try");
    await hands.click(page.getByRole("radio", { name: "Simulate" }));
    await hands.button("Simulate");
    await page.getByText("Succeeded", { exact: true }).first().waitFor();
    await hands.button("Save as test case");
    const naming = page.getByRole("dialog", { name: "Save as a test case" });
    await hands.type(naming.getByRole("textbox", { name: "Name" }), "Approved");
    await hands.press("Enter");
    await naming.getByText("Saved as the test case").waitFor();
    await hands.click(naming.getByRole("button", { name: "Close" }).last());
    await hands.click(page.getByRole("radio", { name: "Test cases" }));
    await hands.button("New case");
    const editor = page.locator("form").filter({ hasText: "Save the case" });
    await hands.type(editor.getByRole("textbox", { name: "Name" }), "Rejected");
    const mock = editor.locator("details").filter({ hasText: /^Ask/ });
    await hands.click(mock.locator("summary"));
    expect(JSON.parse(await mock.getByRole("textbox").inputValue())).toEqual({
      approved: true,
      costCentre: "Cost centre",
    });
    await hands.type(mock.getByRole("textbox"), '{"approved": false}');
    await hands.type(editor.getByRole("textbox", { name: "Error" }), "Rejected");
    await hands.click(editor.getByRole("button", { name: "Save the case" }));
    await hands.button("Run all");
    await page.getByText("2 of 2 passed").waitFor();

    // Save, run, answer.
    await hands.button("Save");
    const creating = page.getByRole("dialog", { name: "Create the workflow" });
    await hands.type(creating.getByRole("textbox", { name: "Name" }), "trips");
    await hands.click(creating.getByRole("button", { name: "Create" }));
    await hands.button("Start an execution of what is saved");
    const starting = page.getByRole("dialog", { name: "Start trips" });
    await hands.click(starting.getByRole("button", { name: "Start execution" }));
    await page.waitForURL(/executions\//);
    await hands.click(page.getByRole("link", { name: /^Approvals/ }));
    await page.getByRole("heading", { name: "Approve the trip?" }).waitFor();
    await hands.type(page.getByRole("textbox", { name: "Cost centre" }), "4711");
    await hands.button("Approve");
    const confirming = page.getByRole("dialog", { name: "Approve this?" });
    await hands.click(confirming.getByRole("button", { name: "Approve", exact: true }));
    await page.getByRole("status").filter({ hasText: "Approved" }).waitFor();

    const [execution] = (
      await tests.server.service.call("ListExecutions", {
        stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:trips",
      } as never)
    )["executions"] as unknown as readonly { readonly executionArn: string }[];
    await new ConsoleApi(tests.server).ended(execution?.executionArn ?? "");
    const { status } = await new ConsoleApi(tests.server).view(execution?.executionArn ?? "");
    expect(status).toBe("SUCCEEDED");
    console.log(`The walk of a new user: ${hands.gestures} gestures`);
    expect(hands.gestures).toBeLessThanOrEqual(mostGestures);
  },
  longestMs,
);

import { beforeAll, expect } from "vitest";
import { machineArn } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { createWorkflows } from "./workflows.ts";

const tests = browserTests({ withExamples: false });
beforeAll(async () => {
  if (isWithBrowser) await createWorkflows(tests.server, ["count-up"]);
});

browserTest(
  "a schedule is made, run, found from its execution, changed, turned off and deleted",
  async () => {
    const page = await tests.open("/triggers");
    const dialog = page.getByRole("dialog");
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    await press("New schedule");
    await page.keyboard.type("typed");
    await page.getByLabel("When").fill("rate(2 hours)");
    await dialog.getByText("every 2 hours").waitFor();
    await page.getByLabel("Target").fill(machineArn("count-up"));
    await dialog.getByRole("button", { name: "New schedule" }).click();
    await dialog.waitFor({ state: "detached" });

    const row = page.getByRole("button", { name: /^typed/ });
    await row.click();
    await press("Run now");
    await page.getByText("It has run.").waitFor();
    await page
      .getByRole("link", { name: /^typed-/ })
      .first()
      .click();
    await page.getByRole("link", { name: "schedule/default/typed" }).click();

    await press("Edit");
    await page.getByLabel("Description").fill("Changed");
    await press("Save");
    await dialog.waitFor({ state: "detached" });
    await page.getByText("Changed").waitFor();
    await press("Turn off");
    await page.getByText("It is off: it runs only when you run it.").waitFor();
    await press("Delete");
    await dialog.getByRole("button", { name: "Delete" }).click();
    await row.waitFor({ state: "detached" });
  },
  60_000,
);

browserTest(
  "a bus, an archive, a pipe and a web route are made, changed and deleted by their forms",
  async () => {
    const page = await tests.open("/triggers?tab=rules");
    const dialog = page.getByRole("dialog");
    const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
    /** Presses the last button of the form, and sees that it was taken. */
    const submit = async (name: string): Promise<void> => {
      await dialog.getByRole("button", { name, exact: true }).click();
      await dialog.waitFor({ state: "detached" });
    };
    const type = (label: string, value: string) =>
      dialog.getByLabel(label, { exact: true }).fill(value);

    await press("New bus");
    await page.keyboard.type("typed");
    await submit("New bus");
    const buses = page.getByRole("list", { name: "Event buses" });
    await buses.getByText("typed").waitFor();
    await press("Edit typed");
    await type("Description", "Where orders go");
    await submit("Save");
    await buses.getByText("Where orders go").waitFor();

    await page.getByRole("tab", { name: "Archives" }).click();
    await press("New archive");
    await page.keyboard.type("kept");
    await dialog.getByLabel("Event bus").selectOption("typed");
    await type("Days that events are kept", "7");
    await submit("New archive");
    await page.getByText("for 7 days").waitFor();
    await page.getByRole("button", { name: /^kept/ }).click();
    await press("Delete");
    await submit("Delete");
    await page.getByText("No archive yet").waitFor();

    await page.getByRole("tab", { name: "Pipes" }).click();
    await press("New pipe");
    await type("Name", "orders");
    await type("Target", machineArn("count-up"));
    await press("Add a filter");
    await dialog.getByText("It passes. The target is given:").waitFor();
    await type("Filter", '{"body":{"kind":["other"]}}');
    await dialog.getByText("No filter matches: it is done with.").waitFor();
    await type("Input template", '{"id": <$.body.id>}');
    await dialog.getByLabel("It runs at once").uncheck();
    await submit("New pipe");
    await page.getByRole("button", { name: /^orders/ }).click();
    await press("Edit");
    expect(await dialog.getByLabel("Input template").inputValue()).toBe('{"id": <$.body.id>}');
    // The server refuses it, in AWS's words.
    tests.forgive(/status of 400/);
    await type("Events at a time, at most", "20000");
    await dialog.getByRole("button", { name: "Save", exact: true }).click();
    await dialog
      .getByRole("alert")
      .getByText(/less than or equal to 10000/)
      .waitFor();
    await type("Events at a time, at most", "5");
    await submit("Save");

    await page.getByRole("tab", { name: "Routes" }).click();
    await press("New route");
    await type("Name of the new API", "shop");
    await type("Workflow", machineArn("count-up"));
    await type("Name of the execution", "web-${request.path.id}");
    await dialog.getByText("It calls StartExecution with:").waitFor();
    await submit("New route");
    const route = page.getByRole("button", { name: /^POST .*\/orders\/\{id\}/ });
    await route.click();
    await page.getByLabel("Path member id").fill("seven");
    await press("Edit");
    await type("Path", "orders");
    await dialog.getByText(/The provided route key is not formatted properly/).waitFor();
    await type("Path", "/orders");
    await type("Name of the execution", "");
    await submit("Save");
    await page.getByRole("button", { name: /^POST .*\/orders shop/ }).click();
    await press("Delete");
    await submit("Delete");
    await page.getByText("No route yet").waitFor();
  },
  90_000,
);

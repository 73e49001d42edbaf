import { beforeAll } from "vitest";
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

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
  await createWorkflows(tests.server, ["count-up", "ship-parcel", "fulfil-order"]);
});

/** Counts to that, and is done. */
async function counted(name: string, to: number): Promise<string> {
  const arn = await api.start("count-up", name, { to });
  await api.ended(arn);
  return arn;
}

browserTest("two executions of the list are compared, and lead to where they differ", async () => {
  await counted("twice", 2);
  await counted("four-times", 4);
  const page = await tests.open("/executions");
  for (const name of ["twice", "four-times"]) {
    await page.getByRole("checkbox", { name: `Select ${name}` }).check();
  }
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByRole("heading", { name: "Compare executions", level: 1 }).waitFor();
  const states = page.getByRole("listbox", { name: "States of both executions" });
  // The older one is A. It set out from another input, and went two rounds fewer.
  await page.getByText(/^\d+ states differ$/).waitFor();
  const alone = await states.getByRole("option", { name: /B only/ }).allInnerTexts();
  expect(alone.map((text) => text.split("\n")[0])).toEqual(["Add", "Enough?", "Add", "Enough?"]);
  await page.getByRole("button", { name: "First difference Input: Set" }).click();
  await page.getByRole("heading", { name: /^Set/, level: 2 }).waitFor();
  await page.getByRole("region", { name: "Input" }).getByText('"to": 4').waitFor();

  // Without what is no news, the path is what is left.
  for (const kind of ["Input", "Output", "Duration"]) {
    await page.getByRole("button", { name: new RegExp(`^${kind} \\d`) }).click();
  }
  await page.getByText("4 states differ").waitFor();
  await page.getByRole("button", { name: "First difference Path: Add" }).click();
  await page.getByText("In B only").first().waitFor();
  const pairs = new Set<string | null>();
  for (let press = 0; press < 4; press++) {
    pairs.add(new URL(page.url()).searchParams.get("pair"));
    await page.keyboard.press("n");
  }
  await expect.poll(() => new URL(page.url()).searchParams.get("pair")).toMatch(/^b\d+$/);
  expect(pairs.size).toBeGreaterThan(1);

  // A state of the graph leads to its row.
  await page.getByRole("button", { name: /^Done, Pass, Both/ }).click();
  await page.getByRole("heading", { name: /^Done/, level: 2 }).waitFor();
});

browserTest(
  "an execution is compared with the last one that succeeded, or one that is named",
  async () => {
    await counted("before", 1);
    const arn = await counted("after", 1);
    const page = await tests.open(pageOf("executions", arn));
    await page.getByRole("button", { name: "Compare with…" }).click();
    const dialog = page.getByRole("dialog", { name: "Compare this execution with" });
    await dialog.getByRole("button", { name: /Last run that succeeded\s*before/ }).waitFor();
    const field = dialog.getByRole("textbox", { name: "ARN or name of an execution" });
    await field.fill("nobody");
    await field.press("Enter");
    await dialog.getByText("There is no execution called nobody.").waitFor();
    await field.fill("before");
    await field.press("Enter");
    await page.getByRole("region", { name: "Execution A" }).getByText("before").waitFor();
    await page.getByRole("region", { name: "Execution B" }).getByText("after").waitFor();
    await page.getByText("No difference in what is compared").waitFor();
    await page.getByRole("tab", { name: "Input and output" }).click();
    await page.getByRole("region", { name: "Input" }).getByText("The same in both").waitFor();
  },
);

browserTest("a family is a tree, and keys lead through it and from run to run", async () => {
  const older = await api.start("fulfil-order", "older", {});
  await api.ended(older);
  const arn = await api.start("fulfil-order", "newer", {});
  await api.ended(arn);
  const [visit] = await api.visits(arn);
  const page = await tests.open(pageOf("executions", visit?.childArn ?? ""));
  const family = page.getByRole("navigation", { name: "Family" });
  await family.getByRole("link", { name: "newer" }).waitFor();
  await page.keyboard.press("p");
  const tree = family.getByRole("list", { name: "Executions that started one another" });
  await tree.getByRole("link", { name: "newer" }).waitFor();
  await expect
    .poll(() => tree.locator('[aria-current="page"]').innerText())
    .toBe(visit?.childArn?.split(":").at(-1));
  await page.keyboard.press("Alt+ArrowUp");
  await page.getByRole("heading", { name: "newer", level: 1 }).waitFor();
  await page.getByRole("button", { name: "Older run of the workflow (Alt ←)" }).waitFor();
  await page.keyboard.press("Alt+ArrowLeft");
  await page.getByRole("heading", { name: "older", level: 1 }).waitFor();
  await page.getByText("list price, us-east-1").waitFor();
});

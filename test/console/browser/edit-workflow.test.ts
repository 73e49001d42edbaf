import { beforeAll, describe, expect } from "vitest";
import { machineArn, pageOf } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { createWorkflows, definitions } from "./workflows.ts";

const tests = browserTests({ withExamples: false });
const arn = machineArn("ship-parcel");
/** A machine that does other things, too, needs a while for the first graph. */
const longestMs = 60_000;
beforeAll(async () => {
  if (!isWithBrowser) return;
  await createWorkflows(tests.server, ["ship-parcel", "count-up"]);
  const { service } = tests.server;
  const { stateMachineVersionArn } = await service.call("PublishStateMachineVersion", {
    stateMachineArn: arn,
  });
  await service.call("CreateStateMachineAlias", {
    name: "prod",
    routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
  } as never);
});

/** The parcel is weighed, and labelled no more. */
const weighed = JSON.stringify(
  {
    StartAt: "Weigh",
    States: { Weigh: { Type: "Pass", Next: "Hand over" }, "Hand over": { Type: "Succeed" } },
  },
  null,
  2,
);

describe("a workflow", () => {
  browserTest(
    "is edited, looked at as a difference, published, and tried by a tenth",
    async () => {
      const page = await tests.open(`${pageOf("workflows", arn)}?tab=definition`);
      await page.getByRole("button", { name: "Edit" }).click();
      const text = page.getByRole("textbox", { name: "Definition" });
      const save = page.getByRole("button", { name: "Review and save" });
      await text.fill(weighed.replace("Hand over", "Nowhere"));
      await page.getByText("Mend the errors to save it.").waitFor();
      expect(await save.isEnabled()).toBe(false);
      await text.fill(weighed);
      await page.getByText("The definition is valid.").waitFor();
      await save.click();

      const dialog = page.getByRole("dialog", { name: "Save the definition" });
      await dialog.getByText("States added: 1 · removed: 1 · changed: 1").waitFor();
      for (const card of [/^Weigh, Pass, Added/, /^Label, Pass, Removed/]) {
        await dialog.getByRole("button", { name: card }).waitFor();
      }
      const changed = dialog.getByRole("region", { name: "Changed states" });
      await changed.getByRole("button", { name: /^Hand over/ }).click();
      const own = dialog.getByRole("group", { name: "Difference of Hand over" });
      await own.getByText('"Type": "Succeed"').waitFor();

      await dialog.getByRole("checkbox", { name: "Publish it as a version" }).check();
      await dialog.getByRole("textbox", { name: /Description of the version/ }).fill("Weighs");
      await dialog.getByRole("button", { name: "Save and publish" }).click();
      await page.getByText("Saved, and published as version 2.").waitFor();
      await page.getByRole("button", { name: "Move an alias to it" }).click();

      await page.getByRole("button", { name: "Change alias prod" }).click();
      const alias = page.getByRole("dialog", { name: "Change alias prod" });
      await alias.getByRole("combobox", { name: "Second version" }).selectOption("2");
      await alias.getByRole("slider", { name: "Share of version 1" }).fill("90");
      await alias
        .getByText("Of 100 starts by prod, about 90 will run version 1 and 10 version 2.")
        .waitFor();
      await alias.getByRole("button", { name: "Save" }).click();
      await alias.waitFor({ state: "detached" });
      await page.getByText("Version 2 · 10%").waitFor();
      const { routingConfiguration } = await tests.server.service.call(
        "DescribeStateMachineAlias",
        {
          stateMachineAliasArn: `${arn}:prod`,
        },
      );
      expect(routingConfiguration).toEqual([
        { stateMachineVersionArn: `${arn}:1`, weight: 90 },
        { stateMachineVersionArn: `${arn}:2`, weight: 10 },
      ]);
    },
    longestMs,
  );

  browserTest(
    "that somebody else saved meanwhile is not overwritten unasked",
    async () => {
      const other = machineArn("count-up");
      const page = await tests.open(`${pageOf("workflows", other)}?tab=definition&edit=definition`);
      const text = page.getByRole("textbox", { name: "Definition" });
      const mine = { ...definitions["count-up"], Comment: "Mine" };
      await text.fill(JSON.stringify(mine, null, 2));
      await tests.server.service.call("UpdateStateMachine", {
        stateMachineArn: other,
        definition: JSON.stringify({ ...definitions["count-up"], Comment: "Theirs" }),
      });
      const saved = async () => {
        const { definition } = await tests.server.service.call("DescribeStateMachine", {
          stateMachineArn: other,
        });
        return (JSON.parse(definition as unknown as string) as { readonly Comment?: string })
          .Comment;
      };
      await page.getByRole("button", { name: "Review and save" }).click();
      const dialog = page.getByRole("dialog", { name: "Save the definition" });
      await dialog.getByRole("button", { name: "Save", exact: true }).click();
      await dialog.getByText("Somebody else has saved another definition meanwhile").waitFor();
      expect(await saved()).toBe("Theirs");
      await dialog.getByRole("button", { name: "Edit mine further" }).click();
      expect(await text.inputValue()).toContain('"Comment": "Mine"');
      await page.getByRole("button", { name: "Review and save" }).click();
      await dialog.getByRole("radio", { name: "Unified" }).click();
      await dialog.getByText('"Comment": "Theirs"').waitFor();
      await dialog.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Saved.", { exact: true }).waitFor();
      expect(await saved()).toBe("Mine");
    },
    longestMs,
  );

  browserTest(
    "is pinned, peeked at and copied from the list by keyboard and menu",
    async () => {
      const page = await tests.open("/workflows");
      const names = page.locator("[data-row-link]");
      await names.first().waitFor();
      expect(await names.allInnerTexts()).toEqual(["count-up", "ship-parcel"]);
      await page.getByRole("link", { name: "ship-parcel" }).focus();
      await page.keyboard.press("p");
      await page.getByText("Pinned").waitFor();
      expect(await names.allInnerTexts()).toEqual(["ship-parcel", "count-up"]);
      await page.keyboard.press("o");
      const peek = page.getByRole("complementary", { name: "ship-parcel at a glance" });
      await peek.getByRole("button", { name: /^Hand over, / }).waitFor();
      expect(new URL(page.url()).searchParams.get("peek")).toContain("ship-parcel");
      await peek.getByRole("button", { name: "Close" }).click();
      await page.getByRole("button", { name: "Actions for count-up" }).click();
      await page.getByRole("menuitem", { name: "Duplicate…" }).click();
      const dialog = page.getByRole("dialog", { name: "Duplicate count-up" });
      const name = dialog.getByRole("textbox", { name: "Name" });
      expect(await name.inputValue()).toBe("count-up-copy");
      await dialog.getByRole("button", { name: "Create" }).click();
      await page.getByRole("heading", { level: 1, name: "count-up-copy" }).waitFor();
    },
    longestMs,
  );

  browserTest(
    "is started for each line of a file, and what is refused is told",
    async () => {
      const page = await tests.open(pageOf("workflows", arn));
      await page.getByRole("button", { name: "Start an execution" }).click();
      const dialog = page.getByRole("dialog", { name: "Start ship-parcel" });
      await dialog.getByRole("radio", { name: "Many from a file" }).click();
      await dialog.getByLabel("File", { exact: true }).setInputFiles({
        name: "parcels.jsonl",
        mimeType: "application/jsonl",
        buffer: Buffer.from('{"parcel":1}\nno input\n{"parcel":2}\n'),
      });
      await dialog.getByText("Lines that are no input, left out: 1").waitFor();
      await dialog.getByRole("textbox", { name: /Names begin with/ }).fill("parcel");
      await dialog.getByRole("button", { name: "Start 2" }).click();
      await dialog.getByText("Started: 2 of 2").waitFor();
      await dialog.getByText("All have been asked for.").waitFor();
      const { executions } = await tests.server.service.call("ListExecutions", {
        stateMachineArn: arn,
      });
      const started = (executions as unknown as { readonly name: string }[]).map(
        ({ name }) => name,
      );
      expect(started.sort()).toEqual(["parcel-1", "parcel-3"]);
    },
    longestMs,
  );
});

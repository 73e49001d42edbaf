import type { Page } from "playwright-core";
import { beforeAll, describe, expect } from "vitest";
import { machineArn, pageOf } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { walkTo } from "./page-checks.ts";

const tests = browserTests({ withExamples: false });
/** A machine that does other things, too, needs a while for the first graph. */
const longestMs = 60_000;

const roleArn = "arn:aws:iam::000000000000:role/stepwell";
const designer = (arn: string) => `${pageOf("workflows", arn)}/design?mode=split`;

/** Written as nobody's tool would: what stays of it shows what was touched. */
const written = `{ "Comment" : "A parcel",
  "StartAt": "Weigh",
  "States": {
    "Weigh": { "Type": "Wait", "Seconds": 1, "Next": "Label" },
    "Label": { "Type": "Pass", "Next": "Hand over" },
    "Hand over": { "Type": "Succeed" }
  }
}
`;

const names = ["saved-parcel", "kept-parcel", "merged-parcel", "left-parcel"] as const;
beforeAll(async () => {
  if (!isWithBrowser) return;
  const { service } = tests.server;
  for (const name of names) {
    await service.call("CreateStateMachine", { name, definition: written, roleArn });
  }
});

async function savedDefinition(name: string): Promise<string> {
  const stateMachineArn = machineArn(name);
  const { definition } = await tests.server.service.call("DescribeStateMachine", {
    stateMachineArn,
  });
  return definition as unknown as string;
}

/** Puts another text into the editor, as one who pastes it does. */
async function write(page: Page, text: string): Promise<void> {
  const editor = page.locator(".cm-content");
  await editor.click();
  await page.keyboard.press("Control+a");
  // A text that is typed over coloured words would be given their colour by the browser, which the policy refuses.
  await page.keyboard.press("Backspace");
  await page.keyboard.insertText(text);
}

const shown = (page: Page) => page.locator(".cm-content").innerText();

describe("a new workflow", () => {
  browserTest(
    "is tried in the gallery, taken from there, created with its test cases, and open in its own designer",
    async () => {
      const page = await tests.open("/design");
      await page.getByRole("button", { name: "Try it: Saga with compensation" }).click();
      const trying = page.getByRole("dialog", { name: "Try Saga with compensation" });
      await trying.getByText("Succeeded", { exact: true }).waitFor();
      await trying.getByRole("button", { name: /^Booked, Pass, Succeeded/ }).waitFor();
      await trying
        .getByRole("combobox", { name: "Test case" })
        .selectOption("UndoesAllIfThereIsNoCar");
      await trying.getByText("The journey was not booked: NoCar").waitFor();
      await trying.getByText(/Time skipped: 5 sec/).waitFor();
      await trying.getByRole("button", { name: "Use it" }).click();

      await page.getByRole("heading", { level: 1, name: "New workflow" }).waitFor();
      await page.getByRole("button", { name: /^Book the flight, / }).waitFor();
      await page.keyboard.press("Control+s");
      const creating = page.getByRole("dialog", { name: "Create the workflow" });
      await creating.getByText("Its test cases are kept with it: 3.").waitFor();
      await creating.getByText("The definition is valid.").waitFor();
      await creating.getByRole("textbox", { name: "Name" }).fill("journey");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("heading", { level: 1, name: "journey" }).waitFor();
      expect(JSON.parse(await savedDefinition("journey"))).toMatchObject({
        StartAt: "Book the flight",
      });
      const cases = await page.evaluate(async (arn) => {
        const answer = await fetch(`/console/api/designer/test-cases/${encodeURIComponent(arn)}`);
        return ((await answer.json()) as { cases: readonly { name: string }[] }).cases;
      }, machineArn("journey"));
      expect(cases.map(({ name }) => name)).toEqual([
        "BooksAll",
        "UndoesAllIfThereIsNoCar",
        "HasNothingToUndo",
      ]);
      // It is saved: nothing waits in the gallery, and nobody is asked when leaving.
      await page.getByRole("link", { name: "Workflows" }).click();
      await page.getByRole("link", { name: "New workflow" }).click();
      await page.getByRole("button", { name: "Use it: Ask a person" }).waitFor();
      expect(await page.getByText("Not saved yet").count()).toBe(0);
    },
    longestMs,
  );
});

browserTest(
  "a starter is saved with its test cases and started with one press, again under another name",
  async () => {
    const page = await tests.open("/settings");
    for (const name of ["fan-out", "fan-out-2"]) {
      await walkTo(page, `${tests.server.url}/design`);
      await page.getByRole("button", { name: "Run it: Fan out and collect" }).click();
      await page.waitForURL(/executions\/arn/);
      await page.getByRole("link", { name, exact: true }).first().waitFor();
      await page.getByText("Succeeded", { exact: true }).first().waitFor();
      expect(await savedDefinition(name)).toContain("stepwell-sample-resize");
    }
  },
  longestMs,
);

describe("what is open", () => {
  browserTest(
    "is saved as it is written, published, and gets a share of an alias; then it is started",
    async () => {
      const arn = machineArn("saved-parcel");
      const { service } = tests.server;
      const { stateMachineVersionArn } = await service.call("PublishStateMachineVersion", {
        stateMachineArn: arn,
      });
      await service.call("CreateStateMachineAlias", {
        name: "prod",
        routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
      } as never);
      const page = await tests.open(designer(arn));
      const save = page.getByRole("button", { name: "Save", exact: true });
      await page.getByRole("button", { name: /^Weigh, / }).waitFor();
      expect(await save.isEnabled()).toBe(false);
      const changed = written.replace('"Seconds": 1', '"Seconds":2');
      await write(page, changed);
      await save.click();
      const dialog = page.getByRole("dialog", { name: "Save the definition" });
      await dialog.getByText("States added: 0 · removed: 0 · changed: 1").waitFor();
      await dialog.getByText("The definition is valid.").waitFor();
      await dialog.getByRole("checkbox", { name: "Publish it as a version" }).check();
      await dialog
        .getByRole("combobox", { name: "Then move an alias to it" })
        .selectOption(`${arn}:prod`);
      await dialog.getByRole("spinbutton", { name: /Share of the new version/ }).fill("10");
      await dialog
        .getByText("Of 100 starts by prod, about 10 will run the new version and 90 version 1.")
        .waitFor();
      await dialog.getByRole("button", { name: "Save and publish" }).click();
      await page
        .getByText("Saved, and published as version 2. The alias prod leads there now.")
        .waitFor();
      expect(await savedDefinition("saved-parcel")).toBe(changed);
      const alias = await service.call("DescribeStateMachineAlias", {
        stateMachineAliasArn: `${arn}:prod`,
      });
      expect(alias["routingConfiguration"]).toEqual([
        { stateMachineVersionArn: `${arn}:1`, weight: 90 },
        { stateMachineVersionArn: `${arn}:2`, weight: 10 },
      ]);
      await page.getByRole("button", { name: "Start", exact: true }).click();
      const start = page.getByRole("dialog", { name: "Start saved-parcel" });
      await start.getByRole("button", { name: "Start execution" }).click();
      await page.waitForURL(/\/executions\//);
    },
    longestMs,
  );

  browserTest(
    "outlives its tab as a draft, which is compared and thrown away",
    async () => {
      const arn = machineArn("kept-parcel");
      const first = await tests.open(designer(arn));
      await first.getByRole("button", { name: /^Weigh, / }).waitFor();
      await write(first, written.replace("A parcel", "A large parcel"));
      await first.getByText("Not saved", { exact: true }).waitFor();
      await first.close({ runBeforeUnload: false });

      const page = await first.context().newPage();
      await page.goto(`${tests.server.url}${designer(arn)}`);
      await page.getByText(/^Your unsaved changes of .* are here again\./).waitFor();
      expect(await shown(page)).toContain("A large parcel");
      await page.getByRole("button", { name: "Show the difference" }).click();
      const dialog = page.getByRole("dialog", { name: "What you have changed and not saved" });
      await dialog.getByRole("radio", { name: "Unified" }).click();
      await dialog.getByText('"Comment": "A large parcel"').waitFor();
      await dialog.getByRole("button", { name: "Close" }).click();
      await page.getByRole("button", { name: "Discard" }).click();
      await page.getByText("Saved", { exact: true }).waitFor();
      expect(await shown(page)).toContain('"Comment" : "A parcel"');
      await page.reload();
      await page.getByRole("button", { name: /^Weigh, / }).waitFor();
      expect(await page.getByText(/are here again/).count()).toBe(0);
    },
    longestMs,
  );

  browserTest(
    "goes together with what somebody else has saved meanwhile: by itself, or as is chosen",
    async () => {
      const arn = machineArn("merged-parcel");
      const page = await tests.open(designer(arn));
      await page.getByRole("button", { name: /^Weigh, / }).waitFor();
      const mine = written.replace("A parcel", "Mine").replace('"Seconds": 1', '"Seconds": 2');
      await write(page, mine);
      const theirs = JSON.parse(written) as { Comment: string; States: Record<string, object> };
      theirs.Comment = "Theirs";
      theirs.States["Label"] = { Type: "Pass", Comment: "By them", Next: "Hand over" };
      await tests.server.service.call("UpdateStateMachine", {
        stateMachineArn: arn,
        definition: JSON.stringify(theirs),
      });
      await page.getByRole("button", { name: "Save", exact: true }).click();
      const review = page.getByRole("dialog", { name: "Save the definition" });
      await review.getByText("The definition is valid.").waitFor();
      tests.forgive(/409/);
      await review.getByRole("button", { name: "Save", exact: true }).click();

      const merge = page.getByRole("dialog", { name: "Somebody else has saved meanwhile" });
      await merge.getByText("Taken from theirs: 1").waitFor();
      await merge.getByText("Changed by both: 1").waitFor();
      const take = merge.getByRole("button", { name: "Put it into my text" });
      expect(await take.isEnabled()).toBe(false);
      const place = merge.getByRole("group", { name: "Comment" });
      await place.getByText('"Comment": "Mine"').waitFor();
      await place.getByRole("radio", { name: /^Theirs/ }).check();
      await merge.getByText("The definition is valid.").waitFor();
      await take.click();

      await review.getByText("Both are together in your text now.", { exact: false }).waitFor();
      await review.getByText("The definition is valid.").waitFor();
      await review.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Saved.", { exact: true }).waitFor();
      expect(await savedDefinition("merged-parcel")).toBe(
        mine
          .replace("Mine", "Theirs")
          .replace('"Type": "Pass",', '"Type": "Pass", "Comment" : "By them",'),
      );
      // The merge is one step of the history, like any edit.
      await page.getByRole("button", { name: "Undo" }).click();
      expect(await shown(page)).toContain('"Comment" : "Mine"');
    },
    longestMs,
  );

  browserTest(
    "is exported in each format as it stands, and asks before it is left",
    async () => {
      const page = await tests.open(designer(machineArn("left-parcel")));
      await page.getByRole("button", { name: /^Weigh, / }).waitFor();
      await write(page, written.replace("A parcel", "Not saved at all"));
      await page.getByRole("button", { name: "Export" }).click();
      const dialog = page.getByRole("dialog", { name: "Export what is open" });
      const expected = {
        "ASL, JSON": '"Comment" : "Not saved at all"',
        "ASL, YAML": "Comment: Not saved at all",
        CloudFormation: "AWS::StepFunctions::StateMachine",
        SAM: "AWS::Serverless::StateMachine",
        "CDK, TypeScript": "new sfn.StateMachine",
        Terraform: 'resource "aws_sfn_state_machine" "left-parcel"',
      };
      for (const [format, part] of Object.entries(expected)) {
        await dialog.getByText(format, { exact: true }).click();
        await dialog.locator("pre", { hasText: part }).waitFor();
      }
      await dialog.getByText("Picture", { exact: true }).click();
      await dialog.getByRole("img", { name: "Graph of left-parcel" }).waitFor();
      const [png] = await Promise.all([
        page.waitForEvent("download"),
        dialog.getByRole("button", { name: "Download PNG" }).click(),
      ]);
      expect(png.suggestedFilename()).toBe("left-parcel.png");
      await dialog.getByRole("button", { name: "Close" }).click();

      await page.getByRole("link", { name: "Workflows" }).click();
      const leaving = page.getByRole("dialog", { name: "Leave without saving?" });
      await leaving.getByRole("button", { name: "Stay" }).click();
      expect(page.url()).toContain("/design");
      await page.getByRole("link", { name: "Workflows" }).click();
      await leaving.getByRole("button", { name: "Leave", exact: true }).click();
      await page.getByRole("heading", { level: 1, name: "Workflows" }).waitFor();
      expect(await savedDefinition("left-parcel")).toBe(written);
    },
    longestMs,
  );
});

import { beforeAll, describe, expect } from "vitest";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi, large, order } from "./console-api.ts";

const tests = browserTests();
let api: ConsoleApi;
beforeAll(() => {
  if (isWithBrowser) api = new ConsoleApi(tests.server);
});

/** A large order that waits for an answer. */
async function waiting(name: string): Promise<{ readonly arn: string; readonly taskId: number }> {
  const arn = await api.start("order-processing", name, order(name, large));
  const { taskId } = await api.asked(arn);
  return { arn, taskId };
}

/** What the workflow was told. */
async function answerOf(arn: string, taskId: number): Promise<unknown> {
  const { events } = await api.read<{
    readonly events: readonly {
      readonly type: string;
      readonly taskSucceededEventDetails?: { readonly output: string };
    }[];
  }>(`executions/${encodeURIComponent(arn)}/events?data=true`);
  const [told] = events.slice(taskId).filter(({ type }) => type === "TaskSucceeded");
  return JSON.parse(told?.taskSucceededEventDetails?.output ?? "null") as unknown;
}

describe("the inbox", () => {
  browserTest("takes an answer by keyboard alone", async () => {
    const { arn, taskId } = await waiting("by-keys");
    const page = await tests.open("/approvals");
    await page.getByRole("heading", { name: /Approve order by-keys/ }).waitFor();
    await page.keyboard.press("a");
    const dialog = page.getByRole("dialog", { name: "Approve this?" });
    await dialog.waitFor();
    expect((await api.view(arn)).status).toBe("RUNNING");
    await page.keyboard.press("Enter");
    await page.getByRole("status").filter({ hasText: "Approved" }).waitFor();
    expect(await answerOf(arn, taskId)).toEqual({ approved: true });
    await api.ended(arn);
    await page.getByText("Succeeded", { exact: true }).first().waitFor();
  });

  browserTest("takes an answer by mouse, with a comment", async () => {
    const { arn, taskId } = await waiting("by-mouse");
    const { arn: other } = await waiting("not-this-one");
    const page = await tests.open("/approvals");
    await page.getByRole("link", { name: /Approve order by-mouse/ }).click();
    await page.getByRole("textbox", { name: /Comment/ }).fill("Known customer");
    await page.getByRole("button", { name: "Reject" }).click();
    const dialog = page.getByRole("dialog", { name: "Reject this?" });
    await dialog.getByText("Known customer").waitFor();
    await dialog.getByRole("button", { name: "Reject" }).click();
    await page.getByRole("status").filter({ hasText: "Rejected" }).waitFor();
    expect(await answerOf(arn, taskId)).toEqual({ approved: false, comment: "Known customer" });
    expect((await api.view(other)).status).toBe("RUNNING");
  });
});

describe("claims and common answers", () => {
  browserTest("a claim by keyboard asks for a name once, and everybody sees it", async () => {
    const { arn, taskId } = await waiting("to-claim");
    const page = await tests.open(`/approvals?task=${encodeURIComponent(`${taskId}@${arn}`)}`);
    await page.getByRole("heading", { name: /Approve order to-claim/ }).waitFor();
    await page.keyboard.press("c");
    await page.getByRole("textbox", { name: "Name" }).fill("Ada");
    await page.keyboard.press("Enter");
    await page.getByText("Claimed by you").waitFor();
    const other = await tests.open(`/approvals?task=${encodeURIComponent(`${taskId}@${arn}`)}`);
    await other.getByText("Claimed by Ada").waitFor();
    await other.getByRole("tab", { name: /^Mine/ }).click();
    await other.getByText("Who are you?").waitFor();
    await page.getByRole("tab", { name: /^Mine/ }).click();
    await page.getByRole("link", { name: /Approve order to-claim/ }).waitFor();
    await page.getByRole("tab", { name: "Audit log" }).click();
    await page.getByRole("row", { name: /Claimed Ada Approve order to-claim/ }).waitFor();
  });

  browserTest("questions of the same form take one answer, after one confirmation", async () => {
    const asked = [await waiting("bulk-1"), await waiting("bulk-2")];
    const page = await tests.open("/approvals?q=bulk-");
    for (const name of ["bulk-1", "bulk-2"]) {
      await page.getByRole("checkbox", { name: new RegExp(`Approve order ${name}`) }).check();
    }
    await page.getByRole("heading", { name: "Answer 2 together" }).waitFor();
    await page.getByRole("textbox", { name: /Comment/ }).fill("Both");
    await page.getByRole("button", { name: "Approve", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "Send this answer to 2?" });
    await dialog.waitFor();
    for (const { arn } of asked) expect((await api.view(arn)).status).toBe("RUNNING");
    await dialog.getByRole("button", { name: "Approve", exact: true }).click();
    await dialog.getByText("2 of 2 answered").waitFor();
    for (const { arn, taskId } of asked) {
      expect(await answerOf(arn, taskId)).toEqual({ approved: true, comment: "Both" });
    }
  });
});

describe("the page behind a link", () => {
  const linkTo = async ({ arn, taskId }: { readonly arn: string; readonly taskId: number }) =>
    (await api.send<{ readonly url: string }>("links", { executionArn: arn, taskId })).url;
  const post = (url: string, form: Readonly<Record<string, string>>) =>
    fetch(url, { method: "POST", body: new URLSearchParams(form) });
  const nonceIn = (html: string) => /name="nonce" value="([^"]+)"/.exec(html)?.[1] ?? "";

  browserTest("takes an answer in two steps, and shows it to whoever comes later", async () => {
    const asked = await waiting("by-link");
    const url = await linkTo(asked);
    const page = await tests.open(url);
    await page.getByRole("heading", { name: /Approve order by-link/ }).waitFor();
    await page.getByRole("checkbox", { name: /may be charged/ }).check();
    await page.getByRole("textbox", { name: "Comment" }).fill("From the train");
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByRole("heading", { name: "Is this right?" }).waitFor();
    expect(await api.asked(asked.arn)).toMatchObject({ taskId: asked.taskId });
    await page.getByRole("button", { name: "Confirm" }).click();
    await page.getByRole("heading", { name: "Thank you" }).waitFor();
    const answer = { approved: true, comment: "From the train" };
    expect(await answerOf(asked.arn, asked.taskId)).toEqual(answer);
    const later = await tests.open(url);
    await later.getByRole("heading", { name: "This was decided" }).waitFor();
    await later.getByText("From the train").waitFor();
    expect(await later.getByRole("button").count()).toBe(0);
  });

  browserTest("decides nothing however often a mail scanner looks, follows and sends", async () => {
    const asked = await waiting("scanned");
    const url = await linkTo(asked);
    for (let count = 0; count < 20; count++) expect((await fetch(url)).status).toBe(200);
    for (let count = 0; count < 5; count++) {
      expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
    }
    const page = await tests.open(url);
    await page.waitForLoadState("networkidle");
    for (const address of await page.locator("a").evaluateAll((all) => all.map(String))) {
      await fetch(address);
    }
    const yes = { "field.approved": "on", step: "decide" };
    expect((await post(url, yes)).status).toBe(409);
    expect((await post(url, { ...yes, nonce: "guessed" })).status).toBe(409);
    // The nonce of the question cannot decide at once, and is good for once.
    const nonce = nonceIn(await (await fetch(url)).text());
    const review = await post(url, { ...yes, nonce });
    expect(await review.text()).toContain("Is this right?");
    expect((await post(url, { ...yes, nonce })).status).toBe(409);
    // Nor does it stand for another question.
    const { arn, taskId } = await waiting("another");
    const other = await linkTo({ arn, taskId });
    expect(
      (await post(other, { ...yes, nonce: nonceIn(await (await fetch(url)).text()) })).status,
    ).toBe(409);
    expect(await api.asked(asked.arn)).toMatchObject({ taskId: asked.taskId });
    expect(await api.asked(arn)).toMatchObject({ taskId });
    expect((await api.visits(asked.arn)).at(-1)).toMatchObject({ status: "waiting" });
  });

  browserTest("fits a narrow screen", async () => {
    const url = await linkTo(await waiting("narrow"));
    const page = await tests.open(url, { viewport: { width: 320, height: 640 } });
    await page.getByRole("button", { name: "Continue" }).waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(320);
  });
});

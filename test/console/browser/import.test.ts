import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page, Request } from "playwright-core";
import { beforeAll, expect } from "vitest";
import { pageOf } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi } from "./console-api.ts";
import { createWorkflows } from "./workflows.ts";

const tests = browserTests({ withExamples: false });
let api: ConsoleApi;
let failed: string;
beforeAll(async () => {
  if (!isWithBrowser) return;
  api = new ConsoleApi(tests.server);
  await createWorkflows(tests.server, ["settle-invoice"]);
  failed = await api.start("settle-invoice", "exported", { invoice: "TELLTALE-17" });
  await api.work("settlements", { error: "AccountLocked", cause: '{"account":"TELLTALE-DE"}' });
  await api.ended(failed, "FAILED");
});

interface HistoryFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** Opens the file on the page of imports, and keeps all that was asked for since. */
async function imported(file: HistoryFile): Promise<{ page: Page; asked: Request[] }> {
  const page = await tests.open("/import");
  const asked: Request[] = [];
  page.on("request", (request) => asked.push(request));
  await page.getByLabel("Choose a file").setInputFiles(file);
  await page.getByText("Imported file, read only").waitFor();
  return { page, asked };
}

/** The file is in the browser alone: nothing was sent, and no address has a part of it. */
function expectNothingSent(asked: readonly Request[], parts: readonly string[]): void {
  for (const request of asked) {
    expect(request.method(), request.url()).toBe("GET");
    expect(request.postData(), request.url()).toBeNull();
    for (const part of parts) expect(decodeURIComponent(request.url())).not.toContain(part);
  }
}

browserTest(
  "a history that was exported from an execution's page is shown as that page shows it, and not sent anywhere",
  async () => {
    const source = await tests.open(pageOf("executions", failed));
    const [download] = await Promise.all([
      source.waitForEvent("download"),
      source.getByRole("button", { name: "Export the history" }).click(),
    ]);
    const buffer = readFileSync(await download.path());
    expect(buffer.toString()).toContain("TELLTALE-17");
    const { page, asked } = await imported({
      name: download.suggestedFilename(),
      mimeType: "application/json",
      buffer,
    });

    const why = page.getByRole("region", { name: "Why it stopped" });
    await why.getByRole("heading", { name: "AccountLocked" }).waitFor();
    await why.getByText("TELLTALE-DE").waitFor();
    await page.getByRole("button", { name: /^Check invoice, Pass, Succeeded/ }).waitFor();
    await page.getByRole("button", { name: /^Settle, Task, Failed/ }).waitFor();
    const tree = page.getByRole("treegrid").first();
    await tree.getByRole("row", { name: /Check invoice/ }).waitFor();
    await tree.getByRole("row", { name: /Settle/ }).waitFor();
    const sourceRows = source.getByRole("treegrid").first().getByRole("row");
    expect(await tree.getByRole("row").count()).toBe(await sourceRows.count());
    await page.getByRole("button", { name: "Timeline alone" }).click();
    await page.getByText("Settle", { exact: true }).first().waitFor();

    await page.getByRole("button", { name: "All panes" }).click();
    await page.getByRole("button", { name: /^Check invoice, Pass, Succeeded/ }).click();
    const input = page.getByRole("tabpanel").getByRole("group", { name: "Input" });
    await input.getByText("TELLTALE-17").waitFor();
    await page.getByRole("button", { name: /^Settle, Task, Failed/ }).click();
    await page.getByRole("tab", { name: "Logs" }).click();
    await page.getByText("A history does not have what functions printed.").waitFor();
    expectNothingSent(asked, ["TELLTALE", "exported"]);
  },
  60_000,
);

const corpus = join(import.meta.dirname, "..", "..", "..", "..", "shared", "corpus", "open");
const recordings = join(corpus, "error_handling");

interface Recorded {
  readonly id: number;
  readonly type: string;
}

/** The first history among recordings in which a Lambda function failed and a Catcher went on or not. */
function recordedFailure(value: unknown): readonly Recorded[] | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value) && (value[0] as Recorded | undefined)?.type === "ExecutionStarted") {
    const events = value as Recorded[];
    const hasFailed = events.some(({ type }) => type === "ExecutionFailed");
    return hasFailed && events.length > 5 ? events : undefined;
  }
  for (const member of Object.values(value)) {
    const found = recordedFailure(member);
    if (found !== undefined) return found;
  }
  return undefined;
}

browserTest.skipIf(!existsSync(recordings))(
  "a history that AWS wrote is shown with its graph, tree and failure",
  async () => {
    const text = readFileSync(join(recordings, "test_task_lambda.json"), "utf8");
    const events = recordedFailure(JSON.parse(text)) ?? [];
    expect(events.length).toBeGreaterThan(5);
    const { page, asked } = await imported({
      name: "of-aws.json",
      mimeType: "application/json",
      buffer: Buffer.from(JSON.stringify({ events })),
    });
    const entered = events.filter(({ type }) => type.endsWith("StateEntered"));
    await page.getByRole("region", { name: "Why it stopped" }).waitFor();
    const rows = page.getByRole("treegrid").first().getByRole("row");
    await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(entered.length);
    await page.locator("button[data-key]").first().waitFor();
    await page.getByRole("tab", { name: "Events" }).click();
    await page.getByText(`${events.length} of ${events.length} events`).waitFor();
    expectNothingSent(asked, ["of-aws"]);
  },
  60_000,
);

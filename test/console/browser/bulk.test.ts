import { beforeAll, expect } from "vitest";
import type { JobView } from "../../../src/console/view-types.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi, until } from "./console-api.ts";
import { createWorkflows } from "./workflows.ts";

const tests = browserTests({ withExamples: false });
let api: ConsoleApi;
beforeAll(async () => {
  if (!isWithBrowser) return;
  api = new ConsoleApi(tests.server);
  await createWorkflows(tests.server, ["settle-invoice"]);
});

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

function startAll(prefix: string, count: number): Promise<readonly string[]> {
  return Promise.all(
    numbers(count).map((index) => api.start("settle-invoice", `${prefix}-${index}`, {})),
  );
}

/** The list of those that match, with one of them ticked: the dialog opens on that, and widens. */
async function openDialog(filter: string, total: number, action: "Stop…" | "Redrive…") {
  const page = await tests.open(`/executions?q=${encodeURIComponent(filter)}`);
  await page.getByText(new RegExp(`^(${total} in all|\\d+ of ${total} loaded)$`)).waitFor();
  // The box itself is drawn over.
  await page
    .getByRole("checkbox", { name: /^Select / })
    .nth(1)
    .click({ force: true });
  await page.getByRole("button", { name: action }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(`All ${total} matching the filter`).click();
  return { page, dialog };
}

const jobOf = (filter: string) =>
  until(`a job for ${filter}`, async () => {
    const all = await api.read<readonly JobView[]>("jobs");
    return all.find((job) => job.filter === filter);
  });

browserTest(
  "all that match are stopped: the dialog counts them first, and the job is watched to its end",
  async () => {
    const arns = await startAll("stop", 6);
    const done = await api.start("settle-invoice", "stop-ended", {});
    await tests.server.service.call("StopExecution", { executionArn: done });
    await api.ended(done, "ABORTED");
    const { page, dialog } = await openDialog("name:stop-", 7, "Stop…");
    await dialog.getByText("6 of 7 can be stopped.").waitFor();
    await dialog.getByText("1 already ended").waitFor();
    await dialog.getByRole("button", { name: "Stop 6" }).click();
    // The dialog of the plan makes room for that of the job.
    const job = page.getByRole("dialog").filter({ hasText: "Stop: filter name:stop-" });
    await job.getByText("Done", { exact: true }).waitFor();
    await job.getByText("6 of 6").waitFor();
    await job.getByText("6 done, 0 refused").waitFor();
    await job.getByText("1 left alone").waitFor();
    for (const arn of arns) expect((await api.view(arn)).status).toBe("ABORTED");
  },
  60_000,
);

browserTest(
  "a job goes on after a restart of the server, and the page watches it to its end",
  async () => {
    tests.forgive(/ERR_|Failed to fetch|503/);
    // More than a batch, and more than is asked in a second: it cannot be done before it is stopped.
    const count = 200;
    const arns = await startAll("again", count);
    await Promise.all(
      arns.map((executionArn) => tests.server.service.call("StopExecution", { executionArn })),
    );
    await Promise.all(arns.map((arn) => api.ended(arn, "ABORTED")));
    const { page, dialog } = await openDialog("name:again-", count, "Redrive…");
    await dialog.getByText(`${count} of ${count} can be redriven.`).waitFor();
    await dialog.getByRole("button", { name: `Redrive ${count}` }).click();
    await until("the job has begun", async () =>
      (await jobOf("name:again-")).done > 0 ? true : undefined,
    );
    await tests.server.stop();
    await tests.server.restart();
    const { state, done } = await jobOf("name:again-");
    expect(state).toBe("running");
    expect(done).toBeLessThan(count);
    const job = page.getByRole("dialog").filter({ hasText: "Redrive: filter name:again-" });
    await job.getByText("Done", { exact: true }).waitFor();
    await job.getByText(`${count} of ${count}`).waitFor();
    await job.getByText(`${count} done, 0 refused`).waitFor();
    // Each went on once, whichever process asked for it.
    for (const arn of arns) expect((await api.view(arn)).redriveCount).toBe(1);
  },
  60_000,
);

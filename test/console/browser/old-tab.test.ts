import type { Page } from "playwright-core";
import { browserTest, browserTests } from "./browser-tests.ts";

const tests = browserTests({ withExamples: false });

const upgraded = (page: Page) => page.getByText("The server has been upgraded");
const reload = (page: Page) => page.getByRole("button", { name: "Reload", exact: true });
const live = (page: Page) =>
  page.getByRole("banner").getByRole("status").filter({ hasText: "Live" }).waitFor();

browserTest(
  "a tab asks for a reload when the server comes back with another version, and not with the same",
  async () => {
    tests.forgive(/ERR_|Failed to fetch/);
    const page = await tests.open("/workflows");
    await live(page);
    for (const version of [undefined, "9.0.0"]) {
      await tests.server.stop();
      await page.getByRole("banner").getByText("Reconnecting").waitFor();
      await tests.server.restart(version);
      await live(page);
      if (version === undefined) await upgraded(page).waitFor({ state: "detached" });
    }
    await upgraded(page).waitFor();
    // It stays what it is until somebody asks for more.
    await page.getByRole("heading", { level: 1, name: "Workflows" }).waitFor();
    await Promise.all([page.waitForEvent("load"), reload(page).click()]);
    await live(page);
    await upgraded(page).waitFor({ state: "detached" });
  },
  60_000,
);

browserTest("a page whose file went with the old build says so, and reloads nothing", async () => {
  tests.forgive(/404|MissingPart|could not be loaded|dynamically imported|ERR_|Failed to fetch/);
  const page = await tests.open("/workflows");
  await live(page);
  await page.route("**/assets/metrics-page*", (route) => route.fulfill({ status: 404, body: "" }));
  // The stream and every answer tell of the new build.
  await tests.server.stop();
  await page.getByRole("banner").getByText("Reconnecting").waitFor();
  await tests.server.restart("9.9.9");
  await upgraded(page).waitFor();
  let loads = 0;
  page.on("load", () => loads++);
  await page.getByRole("link", { name: "Metrics" }).click();
  const alert = page.getByRole("main").getByRole("alert");
  await alert.getByRole("heading", { name: "This page is no longer there" }).waitFor();
  // The rest of the console is still there.
  await page.getByRole("link", { name: "Workflows" }).first().click();
  await page.getByRole("heading", { level: 1, name: "Workflows" }).waitFor();
  await page.getByRole("link", { name: "Metrics" }).click();
  await alert.getByRole("button", { name: "Reload", exact: true }).waitFor();
  if (loads > 0) throw new Error("The page was loaded again by itself.");
  await page.unrouteAll();
  await Promise.all([
    page.waitForEvent("load"),
    alert.getByRole("button", { name: "Reload", exact: true }).click(),
  ]);
  await page.getByRole("heading", { level: 1, name: "Metrics" }).waitFor();
});

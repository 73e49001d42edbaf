import type { RunOptions } from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { findings, withAxe } from "./axe.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { startConsoleServer, type ConsoleServer } from "./console-server.ts";
import { settled } from "./page-checks.ts";
import { allPages, placesOfConsole, withEach, type Pages } from "./pages.ts";
import { makeSampleData, type SampleData } from "./sample-data.ts";

const tests = browserTests();
let data: SampleData;
let empty: ConsoleServer;
beforeAll(async () => {
  if (!isWithBrowser) return;
  empty = await startConsoleServer({ withExamples: false });
  data = await makeSampleData(tests.server);
}, 60_000);
afterAll(() => empty?.close());

const contrastOnly: RunOptions = {
  resultTypes: ["violations"],
  runOnly: { type: "rule", values: ["color-contrast"] },
};

/** All rules in one theme; what the other one may break is the contrast. */
async function check(
  page: Page,
  path: string,
  open?: (page: Page) => Promise<void>,
): Promise<readonly string[]> {
  await page.goto(path);
  await settled(page);
  await open?.(page);
  await withAxe(page);
  await page.emulateMedia({ colorScheme: "light" });
  const light = await findings(page, { resultTypes: ["violations"] });
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await findings(page, contrastOnly);
  return [...light.map((each) => `light: ${each}`), ...dark.map((each) => `dark: ${each}`)];
}

async function checkAll(pages: Pages, url: string): Promise<void> {
  const found: Record<string, readonly string[]> = {};
  await withEach(pages, async () => {
    const page = await tests.open("/settings");
    return async (name, path) => {
      const wrong = await check(page, path.startsWith("http") ? path : url + path);
      if (wrong.length > 0) found[name] = wrong;
    };
  });
  expect(found).toEqual({});
}

describe("axe finds nothing serious, in light and in dark,", () => {
  browserTest(
    "on any page of a server that has been used",
    async () => {
      await checkAll(allPages(data), tests.server.url);
    },
    180_000,
  );

  browserTest(
    "in the designer's dialogs",
    async () => {
      const press = (name: string) => (page: Page) =>
        page.getByRole("button", { name, exact: true }).click();
      const said = (words: string) => (page: Page) =>
        page.getByRole("dialog").getByText(words).first().waitFor();
      const dialogs = {
        create: ["/design?starter=saga", press("Save"), said("The definition is valid.")],
        export: ["/design?starter=saga", press("Export"), said("ASL")],
        try: ["/design", press("Try it: Saga with compensation"), said("Succeeded")],
      } as const;
      const page = await tests.open("/settings");
      const found: Record<string, readonly string[]> = {};
      for (const [name, [path, open, shown]] of Object.entries(dialogs)) {
        const wrong = await check(page, tests.server.url + path, async () => {
          await open(page);
          await shown(page);
        });
        if (wrong.length > 0) found[name] = wrong;
      }
      expect(found).toEqual({});
    },
    60_000,
  );

  browserTest(
    "on any page of a server with nothing on it",
    async () => {
      await checkAll(placesOfConsole, empty.url);
    },
    60_000,
  );
});

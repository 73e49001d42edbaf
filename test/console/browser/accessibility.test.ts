/// <reference lib="dom" />
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect } from "vitest";
import {
  contrastOnly,
  findings,
  orientationOnly,
  withAxe,
  withoutContrast,
  withoutStyleSheets,
} from "./axe.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { startConsoleServer, type ConsoleServer } from "./console-server.ts";
import { faintTexts } from "./contrast.ts";
import { settled, walkTo } from "./page-checks.ts";
import { allPages, placesOfConsole, withEach, type Pages } from "./pages.ts";
import { makeSampleData, type SampleData } from "./sample-data.ts";

const tests = browserTests();
/** A machine that does other things, too, needs a while for axe. */
const longestMs = 120_000;
let data: SampleData;
let empty: ConsoleServer;
beforeAll(async () => {
  if (!isWithBrowser) return;
  empty = await startConsoleServer({ withExamples: false });
  data = await makeSampleData(tests.server);
}, 60_000);
afterAll(() => empty?.close());

/** Pages of every kind, on which axe looks at what lies behind each text, which takes it longer than all of its other rules. */
const withContrast: ReadonlySet<string> = new Set([
  "executions",
  "workflow",
  "execution",
  "map-run",
  "metrics",
  "designer-state",
  "schedule",
  "link",
]);

/** The console's script sees what is wished for a moment later. */
async function showTheme(page: Page, theme: "light" | "dark"): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  await page.waitForFunction(
    (wanted) => (document.documentElement.dataset["theme"] ?? wanted) === wanted,
    theme,
  );
}

/** All rules in one theme; what the other one may break is the contrast. */
async function check(page: Page, name = ""): Promise<readonly string[]> {
  const isContrastAsked = withContrast.has(name);
  await withAxe(page);
  await showTheme(page, "light");
  const light = [
    ...(await findings(page, isContrastAsked ? withoutStyleSheets : withoutContrast)),
    ...(await faintTexts(page)),
  ];
  await showTheme(page, "dark");
  const dark = [
    ...(isContrastAsked ? await findings(page, contrastOnly) : []),
    ...(await faintTexts(page)),
  ];
  return [...light.map((each) => `light: ${each}`), ...dark.map((each) => `dark: ${each}`)];
}

/** Pages that are documents of their own: those behind links, and the one that a walk goes by. */
const isDocument = ([name, path]: readonly [string, string]): boolean =>
  path.startsWith("http") || name === "not-found";

async function checkAll(pages: Pages, url: string): Promise<void> {
  const found: Record<string, readonly string[]> = {};
  const note = (name: string, wrong: readonly string[]): void => {
    if (wrong.length > 0) found[name] = wrong;
  };
  const visitors: Page[] = [];
  const { documents = [], places = [] } = Object.groupBy(Object.entries(pages), (entry) =>
    isDocument(entry) ? "documents" : "places",
  );
  await withEach(Object.fromEntries(places), async () => {
    const page = await tests.open(`${url}/settings`);
    visitors.push(page);
    return async (name, path) => {
      await walkTo(page, url + path);
      note(name, await check(page, name));
    };
  });
  for (const page of visitors) {
    note("style sheets", await findings(page, orientationOnly));
    for (let next = documents.pop(); next !== undefined; next = documents.pop()) {
      const [name, path] = next;
      await page.goto(path.startsWith("http") ? path : url + path);
      await settled(page);
      note(name, await check(page, name));
    }
  }
  expect(found).toEqual({});
}

describe("axe finds nothing serious, in light and in dark,", () => {
  browserTest(
    "on any page of a server that has been used",
    async () => {
      await checkAll(allPages(data), tests.server.url);
    },
    300_000,
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
      for (const [name, [path, asked, shown]] of Object.entries(dialogs)) {
        await walkTo(page, tests.server.url + path);
        await asked(page);
        await shown(page);
        const wrong = await check(page);
        if (wrong.length > 0) found[name] = wrong;
      }
      expect(found).toEqual({});
    },
    longestMs,
  );

  browserTest(
    "on any page of a server with nothing on it",
    async () => {
      await checkAll(placesOfConsole, empty.url);
    },
    longestMs,
  );
});

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  type ConsoleServer,
  type ConsoleServerOptions,
  startConsoleServer,
} from "./console-server.ts";
import { openBrowser } from "./open-browser.ts";
import { watchPages, type Faults } from "./page-watch.ts";

/** What a browser test has: a server of its file, and pages of a browser that it shares with other files. */
export interface BrowserTests {
  readonly server: ConsoleServer;

  /** A page of a visitor of its own; what goes wrong on it fails the test. */
  open(path: string, options?: VisitorOptions): Promise<Page>;
  /** Takes back that what went wrong so far is a fault: for tests in which something has to. */
  forgive(pattern: RegExp): void;
}

export interface VisitorOptions extends BrowserContextOptions {
  readonly theme?: "light" | "dark";
  readonly language?: "en" | "ko";
}

/**
 * One for all files of a worker, whose pages are closed after each test; it ends with the worker's process. Where none can be
 * had the tests are skipped: `openBrowser` says so once.
 */
const browser: Browser | undefined = await openBrowser();
export const isWithBrowser = browser !== undefined;
export const browserTest = test.skipIf(!isWithBrowser) as typeof test;

/** Shows what a test that failed saw, in the folder of the pictures. */
async function picture(name: string): Promise<void> {
  const pages = browser?.contexts().flatMap((context) => context.pages()) ?? [];
  for (const [index, page] of pages.entries()) {
    const path = `shots/failed/${name.replaceAll(/\W+/g, "-")}-${index}.png`;
    await page.screenshot({ path, timeout: 5_000 }).catch(() => {});
  }
}

/** To be called once by a test file. */
export function browserTests(options: ConsoleServerOptions = {}): BrowserTests {
  let server: ConsoleServer | undefined;
  let faults: Faults[] = [];
  let forgiven: RegExp[] = [];
  beforeAll(async () => {
    if (browser !== undefined) server = await startConsoleServer(options);
  }, 60_000);
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await picture(task.name);
    await Promise.all((browser?.contexts() ?? []).map((context) => context.close()));
    const found = faults.flatMap((each) => each.found);
    const wrong = found.filter((what) => !forgiven.some((pattern) => pattern.test(what)));
    faults = [];
    forgiven = [];
    expect(wrong).toEqual([]);
  });
  afterAll(async () => {
    await server?.close();
    expect(server?.mistakes ?? []).toEqual([]);
  }, 30_000);

  return {
    get server() {
      if (server === undefined) throw new Error("There is no server.");
      return server;
    },
    async open(path, { theme, language = "en", ...more } = {}) {
      if (browser === undefined) throw new Error("There is no browser.");
      const remembered = Object.entries({ theme, language }).flatMap(([name, value]) =>
        value === undefined ? [] : [{ name: `stepwell.${name}`, value }],
      );
      const { origin } = new URL(this.server.url);
      const context = await browser.newContext({
        locale: "en-US",
        timezoneId: "UTC",
        reducedMotion: "reduce",
        viewport: { width: 1440, height: 900 },
        ...(theme !== undefined && { colorScheme: theme }),
        storageState: { cookies: [], origins: [{ origin, localStorage: remembered }] },
        ...more,
      });
      context.setDefaultTimeout(15_000);
      faults.push(await watchPages(context));
      const page = await context.newPage();
      await page.goto(path.startsWith("http") ? path : `${this.server.url}${path}`);
      return page;
    },
    forgive(pattern) {
      forgiven.push(pattern);
    },
  };
}

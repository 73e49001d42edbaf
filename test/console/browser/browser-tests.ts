import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import {
  type ConsoleServer,
  type ConsoleServerOptions,
  startConsoleServer,
} from "./console-server.ts";
import { openBrowser } from "./open-browser.ts";
import { type VisitorOptions, Visitors } from "./visitors.ts";

/** What a browser test has: a server of its file, and pages of a browser that it shares with other files. */
export interface BrowserTests {
  readonly server: ConsoleServer;

  /** A page of a visitor of its own; what goes wrong on it fails the test. */
  open(path: string, options?: VisitorOptions): Promise<Page>;
  /** The same, of one who has not opened the console yet. */
  comes(options?: VisitorOptions): Promise<Page>;
  /** Takes back that what went wrong so far is a fault: for tests in which something has to. */
  forgive(pattern: RegExp): void;
}

/**
 * One browser for all files of a worker; it ends with the worker's process. Where none can be had the tests are skipped:
 * `openBrowser` says so once.
 */
const browser = await openBrowser();
const visitors = browser && new Visitors(browser);
export const isWithBrowser = browser !== undefined;
export const browserTest = test.skipIf(!isWithBrowser) as typeof test;

/** Shows what a test that failed saw, in the folder of the pictures. */
async function picture(name: string): Promise<void> {
  for (const [index, page] of (visitors?.pages ?? []).entries()) {
    const path = `shots/failed/${name.replaceAll(/\W+/g, "-")}-${index}.png`;
    await page.screenshot({ path, timeout: 5_000 }).catch(() => {});
  }
}

/** To be called once by a test file. */
export function browserTests(options: ConsoleServerOptions = {}): BrowserTests {
  let server: ConsoleServer | undefined;
  let forgiven: RegExp[] = [];
  beforeAll(async () => {
    if (browser !== undefined) server = await startConsoleServer(options);
  }, 60_000);
  afterEach(async ({ task }) => {
    const hasFailed = task.result?.state === "fail";
    if (hasFailed) await picture(task.name);
    const found = (await visitors?.leave(!hasFailed)) ?? [];
    const wrong = found.filter((what) => !forgiven.some((pattern) => pattern.test(what)));
    forgiven = [];
    expect(wrong).toEqual([]);
  }, 60_000);
  afterAll(async () => {
    await server?.close();
    expect(server?.mistakes ?? []).toEqual([]);
  }, 30_000);

  return {
    get server() {
      if (server === undefined) throw new Error("There is no server.");
      return server;
    },
    async open(path, options) {
      const page = await this.comes(options);
      await page.goto(path.startsWith("http") ? path : `${this.server.url}${path}`);
      return page;
    },
    async comes(options) {
      if (visitors === undefined) throw new Error("There is no browser.");
      return await visitors.come(this.server.url, options);
    },
    forgive(pattern) {
      forgiven.push(pattern);
    },
  };
}

import { existsSync } from "node:fs";
import type { Browser } from "playwright-core";

const systemBrowsers = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  String.raw`C:\Program Files\Google\Chrome\Application\chrome.exe`,
];

const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

/**
 * A Chromium: the one that `CONSOLE_TEST_BROWSER` names, one of the system, or the one that is a dev dependency on Linux.
 * `undefined`, and one line that says so, where there is none.
 */
export async function openBrowser(): Promise<Browser | undefined> {
  const { chromium } = await import("playwright-core");
  try {
    return await chromium.launch({ executablePath: await browserPath(), args: flags });
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n", 1)[0] : String(error);
    console.warn(`The browser tests are skipped: no Chromium could be started (${reason}).`);
    return undefined;
  }
}

async function browserPath(): Promise<string> {
  const named = process.env["CONSOLE_TEST_BROWSER"];
  if (named !== undefined) return named;
  const installed = systemBrowsers.find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  // It brings the libraries that Chromium needs only where it takes itself to be in a Lambda function.
  process.env["AWS_EXECUTION_ENV"] ??= "AWS_Lambda_nodejs22.x";
  const { default: bundled } = await import("@sparticuz/chromium");
  return bundled.executablePath();
}

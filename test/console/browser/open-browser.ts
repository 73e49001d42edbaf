import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
  try {
    const { chromium } = await import("playwright-core");
    return await chromium.launch({
      executablePath: await browserPath(),
      args: flags,
    });
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
  return installed ?? unpackedBrowser();
}

/**
 * The browser of `@sparticuz/chromium`, which unpacks itself into the temporary folder. Test files run at the same time: each
 * unpacks into a folder of its own, and the first that is done names it for all, so that none starts half a browser.
 */
async function unpackedBrowser(): Promise<string> {
  const temporary = tmpdir();
  const folder = join(temporary, `stepwell-test-chromium-${bundledVersion()}`);
  const own = existsSync(folder) ? folder : mkdtempSync(`${folder}-`);
  const before = process.env["TMPDIR"];
  process.env["TMPDIR"] = own;
  // It brings the libraries that Chromium needs only where it takes itself to be in a Lambda function.
  process.env["AWS_EXECUTION_ENV"] ??= "AWS_Lambda_nodejs22.x";
  try {
    const { default: bundled } = await import("@sparticuz/chromium");
    const path = await bundled.executablePath();
    nameFonts(own, folder);
    if (own === folder) return path;
    if (!renamed(own, folder)) rmSync(own, { recursive: true, force: true });
    for (const name of ["LD_LIBRARY_PATH", "FONTCONFIG_PATH"]) {
      const value = process.env[name];
      if (value !== undefined) process.env[name] = value.replaceAll(own, folder);
    }
    return path.replace(own, folder);
  } finally {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  }
}

/**
 * Says where fonts are: those of the system, and the one that the browser brings, as it will be found in `folder`. It looks for that in
 * `/tmp/fonts` alone, and without any font each text has no width, and the browser ends at the first letter that it does not have.
 */
function nameFonts(own: string, folder: string): void {
  const file = join(own, "fonts", "fonts.conf");
  const places = ["/usr/share/fonts", "/usr/local/share/fonts", join(folder, "fonts")];
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${places.map((place) => `  <dir>${place}</dir>`).join("\n")}
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
  if (readFileSync(file, "utf8") === text) return;
  // In one step: another test file may be starting a browser.
  writeFileSync(`${file}.${process.pid}`, text);
  renameSync(`${file}.${process.pid}`, file);
}

function bundledVersion(): string {
  const file = new URL("../package.json", import.meta.resolve("@sparticuz/chromium"));
  return (JSON.parse(readFileSync(file, "utf8")) as { readonly version: string }).version;
}

function renamed(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch {
    return false;
  }
}

/// <reference lib="dom" />
import type { BrowserContext, Page } from "playwright-core";

/** What no page may do: it is noted as it happens, with the address where it did. */
export interface Faults {
  /** What was told is taken out. */
  readonly found: string[];
}

/**
 * Notes what goes wrong on the pages of a context: errors that were thrown or logged, what the security policy refused, and
 * what was answered with a mistake of the server.
 */
export async function watchPages(context: BrowserContext): Promise<Faults> {
  const found: string[] = [];
  const note = (page: Page | null, what: string) =>
    found.push(`${what} (${page === null ? "?" : new URL(page.url()).pathname})`);
  await context.exposeBinding("noteViolation", ({ page }, what: string) => note(page, what));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
      (globalThis as unknown as { noteViolation: (what: string) => void }).noteViolation(
        `refused by the policy: ${violatedDirective} ${blockedURI} ${sample}`,
      );
    });
  });
  context.on("weberror", (error) => note(error.page(), `thrown: ${error.error().stack ?? ""}`));
  context.on("console", (message) => {
    const isWrong = message.type() === "error" || message.type() === "warning";
    if (isWrong) note(message.page(), `${message.type()}: ${message.text()}`);
  });
  context.on("response", (response) => {
    if (response.status() >= 500) note(null, `${response.status()} of ${response.url()}`);
  });
  return { found };
}

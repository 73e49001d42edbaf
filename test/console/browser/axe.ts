import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Has axe in the page, for {@link findings}. */
export async function withAxe(page: Page): Promise<void> {
  await page.evaluate(axe);
}

/** The serious and critical findings, each with the first element that it is of. */
export async function findings(page: Page, options: RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    (given) =>
      (globalThis as unknown as { axe: { run(o: object): Promise<AxeResults> } }).axe.run(given),
    options,
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id} (${nodes.length}×): ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
    );
}

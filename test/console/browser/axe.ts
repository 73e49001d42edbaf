import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Has axe in the page, for {@link findings}, until another document is loaded. */
export async function withAxe(page: Page): Promise<void> {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(axe);
}

/** What another theme may break. */
export const contrastOnly: RunOptions = {
  preload: false,
  runOnly: { type: "rule", values: ["color-contrast"] },
};

/** All rules but the one for which axe reads every style sheet again: {@link orientationOnly} once is enough for a document. */
export const withoutStyleSheets: RunOptions = { preload: false };

/** The same without the contrast, which `contrast.ts` has cheaper. */
export const withoutContrast: RunOptions = {
  preload: false,
  rules: { "color-contrast": { enabled: false } },
};

/** No style sheet that the document has loaded so far turns the page, or keeps it from being turned. */
export const orientationOnly: RunOptions = {
  runOnly: { type: "rule", values: ["css-orientation-lock"] },
};

/** The serious and critical findings in what a selector names, each with the first element that it is of. */
export async function findings(
  page: Page,
  options: RunOptions = {},
  within = "html",
): Promise<string[]> {
  const { violations } = await page.evaluate(
    ({ place, given }) =>
      (
        globalThis as unknown as { axe: { run(place: string, o: object): Promise<AxeResults> } }
      ).axe.run(place, given),
    { place: within, given: { resultTypes: ["violations"], ...options } },
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) =>
        `${id} (${nodes.length}×): ${nodes[0]?.html.slice(0, 200)} ${nodes[0]?.failureSummary}`,
    );
}

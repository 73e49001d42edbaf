import type { CaseResult } from "./case-result.ts";
import type { CaseOutcome, Difference } from "../../simulate/cases/expectation.ts";
import { pathText } from "../../simulate/cases/match-path.ts";

/** Why a case did not pass, as lines for people; empty if it did. */
export function failureLines({ result }: CaseResult): readonly string[] {
  switch (result.type) {
    case "passed":
      return [];
    case "broken":
      return result.message.split("\n");
    case "failed": {
      const { differences, outcome } = result;
      return [...differences.flatMap(differenceLines), ...contextLines(outcome, differences)];
    }
  }
}

function differenceLines({ what, expected, actual }: Difference): readonly string[] {
  return [what, `  expected  ${expected}`, `  actual    ${actual}`];
}

/** What helps to understand the difference and is not part of it. */
function contextLines(
  { status, error, cause, path }: CaseOutcome,
  differences: readonly Difference[],
): readonly string[] {
  const isShown = (name: string): boolean => differences.some(({ what }) => what === name);
  const lines: string[] = [];
  if (status !== "SUCCEEDED") {
    if (!isShown("error")) lines.push(`error     ${error ?? "(none)"}`);
    if (!isShown("cause")) lines.push(`cause     ${cause ?? "(none)"}`);
  }
  if (!isShown("path")) {
    const names = path.filter(({ nested }) => !nested).map(({ name }) => name);
    lines.push(`path      ${pathText(names)}`);
  }
  return lines;
}

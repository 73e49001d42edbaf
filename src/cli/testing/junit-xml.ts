import type { CaseResult } from "./case-result.ts";
import { failureLines } from "./failure-lines.ts";

/** The results as JUnit XML: a suite for each state machine of each file, a case for each test case. */
export function junitXml(results: readonly CaseResult[]): string {
  const suites = new Map<string, CaseResult[]>();
  for (const result of results) {
    const key = `${result.file} ${result.stateMachineName}`;
    suites.set(key, [...(suites.get(key) ?? []), result]);
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="stepwell" ${totals(results)}>`,
    ...Array.from(suites.values(), suiteXml),
    "</testsuites>",
    "",
  ].join("\n");
}

function suiteXml(results: readonly CaseResult[]): string {
  const [{ file, stateMachineName } = { file: "", stateMachineName: "" }] = results;
  return [
    `  <testsuite name=${quoted(stateMachineName)} file=${quoted(file)} ${totals(results)}>`,
    ...results.map(caseXml),
    "  </testsuite>",
  ].join("\n");
}

function caseXml(result: CaseResult): string {
  const { stateMachineName, name, durationMs } = result;
  const open = `    <testcase classname=${quoted(stateMachineName)} name=${quoted(name)} time="${seconds(durationMs)}"`;
  const kind = { passed: undefined, failed: "failure", broken: "error" }[result.result.type];
  if (kind === undefined) return `${open}/>`;
  const text = escaped(failureLines(result).join("\n"));
  const message = quoted(messageOf(result));
  return `${open}>\n      <${kind} message=${message}>${text}</${kind}>\n    </testcase>`;
}

function messageOf({ result }: CaseResult): string {
  if (result.type === "broken") return result.message.split("\n")[0] ?? "";
  if (result.type === "passed") return "";
  return result.differences
    .map(({ what, expected, actual }) => `${what}: expected ${expected}, was ${actual}`)
    .join("; ");
}

function totals(results: readonly CaseResult[]): string {
  const count = (type: CaseResult["result"]["type"]): number =>
    results.filter(({ result }) => result.type === type).length;
  const time = results.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return `tests="${results.length}" failures="${count("failed")}" errors="${count("broken")}" time="${seconds(time)}"`;
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}

function quoted(text: string): string {
  return `"${escaped(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;")}"`;
}

/** What XML 1.0 has no way to write becomes a replacement character. */
function escaped(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}

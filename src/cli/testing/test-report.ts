import { durationText, styled } from "../terminal.ts";
import type { CaseResult } from "./case-result.ts";
import { failureLines } from "./failure-lines.ts";

/** The report of `stepwell test` on stdout, a case at a time as they end. */
export interface TestReport {
  add(result: CaseResult): void;
  end(results: readonly CaseResult[], durationMs: number): void;
}

export function createTestReport(output: NodeJS.WriteStream): TestReport {
  let heading = "";
  return {
    add(result) {
      const { file, stateMachineName, name, durationMs } = result;
      if (heading !== `${file} ${stateMachineName}`) {
        const blank = heading === "" ? "" : "\n";
        heading = `${file} ${stateMachineName}`;
        const shownFile = styled(output, "dim", `(${file})`);
        output.write(`${blank}${styled(output, "bold", stateMachineName)} ${shownFile}\n`);
      }
      const passed = result.result.type === "passed";
      const mark = passed ? styled(output, "green", "✔") : styled(output, "red", "✘");
      const took = styled(output, "dim", durationText(durationMs));
      output.write(`  ${mark} ${name}  ${took}\n`);
      for (const line of failureLines(result)) output.write(`      ${coloured(output, line)}\n`);
    },
    end(results, durationMs) {
      const passed = results.filter(({ result }) => result.type === "passed").length;
      const failed = results.length - passed;
      const counts = [
        styled(output, passed > 0 ? "green" : "dim", `${passed} passed`),
        ...(failed > 0 ? [styled(output, ["bold", "red"], `${failed} failed`)] : []),
      ];
      output.write(`\n${counts.join(", ")} in ${durationText(durationMs)}\n`);
    },
  };
}

function coloured(output: NodeJS.WriteStream, line: string): string {
  if (line.startsWith("  expected  ")) return styled(output, "green", line);
  if (line.startsWith("  actual    ")) return styled(output, "red", line);
  return line;
}

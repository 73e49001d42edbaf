import type { FaultCode } from "../../../designer/document/definition-document.ts";
import type { DesignerCatalogue } from "../../../i18n/designer/texts.ts";
import type { GraphCode, PermissionCode, Problem, QuickFix } from "./problem.ts";

/** What a problem is, in the language of whoever looks; the server's and the parser's words are as they are. */
export function problemWords({ code: text }: DesignerCatalogue, problem: Problem): string {
  const { code, source, message = "", name = "" } = problem;
  if (source === "graph") return text.problems.graph[code as GraphCode](name);
  if (source === "permission") return text.problems.permissions[code as PermissionCode](name);
  if (source === "server") return message;
  const words = text.problems.faults[code as FaultCode];
  return message === "" ? words : `${words} (${message})`;
}

export function fixWords({ code: text }: DesignerCatalogue, fix: QuickFix): string {
  return text.problems.fixes[fix.code]("name" in fix ? (fix.name ?? "") : "");
}

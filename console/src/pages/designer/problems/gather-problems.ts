import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import type { OpenCode } from "../../../designer/edits/edit-result.ts";
import { isWithin } from "../../../designer/edits/state-at-path.ts";
import type { Diagnostic } from "../../workflows/use-validation.ts";
import { permissionProblems, type RolePermissions } from "./permission-problems.ts";
import { graphProblems } from "./graph-problems.ts";
import type { Problem, Severity } from "./problem.ts";
import { serverProblems } from "./server-problems.ts";

/** Our choice: whoever has more begins with these. */
export const mostProblems = 500;

/**
 * Everything that is known of a document, once each, errors first. `diagnostics` are the server's of this very document, if it has
 * said something; `permissions` is what it says of the workflow's role.
 */
export function gatherProblems(
  document: DefinitionDocument,
  diagnostics: readonly Diagnostic[] = [],
  permissions?: RolePermissions,
): readonly Problem[] {
  const graph = graphProblems(document);
  const server = serverProblems(document, diagnostics).filter(
    (each) => !graph.some((one) => isSame(one, each)),
  );
  const role = permissionProblems(document, permissions);
  return [...textProblems(document), ...graph, ...server, ...role]
    .toSorted((a, b) => rankOf(a) - rankOf(b) || a.span.from - b.span.from)
    .slice(0, mostProblems);
}

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, hint: 2 };

/** One way that is missing makes many states unreachable: it comes before them. */
function rankOf({ code, severity }: Problem): number {
  return rank[severity] + (code === "unreachable" ? 0.5 : 0);
}

/** Our choice: what is behind the first mistakes of a notation mostly follows from them. */
const mostFaults = 5;

function textProblems({ faults }: DefinitionDocument): readonly Problem[] {
  return faults.slice(0, mostFaults).map(({ code, message, from, to }, at) => ({
    id: `text ${code} ${from} ${at}`,
    severity: "error",
    source: "text",
    code,
    message,
    key: undefined,
    path: [],
    span: { from, to },
    fixes: [],
  }));
}

/** How the service words what the graph shows, too. Observed: its messages. */
const said: { readonly [C in OpenCode]?: RegExp } = {
  missingTarget: /^Missing 'Next' target|required: .*\bNext\b/,
  unreachable: /is not reachable/,
  noStart: /^Missing 'Next' target|required: .*\bStartAt\b/,
  noNext: /fields: \[Next, End\]/,
  emptyScope: /cannot be empty|required: .*\bStates\b/,
  noTerminalState: /no terminal state/,
  noRules: /cannot be empty|required: .*\bChoices\b/,
  noBranches: /cannot be empty|required: .*\bBranches\b/,
  noProcessor: /\[ItemProcessor, Iterator\]/,
  otherLanguage: /'QueryLanguage' can not be/,
  labelTaken: /[Ll]abel/,
  toFill: /required: \[(?:Type|Resource)\]|SecondsPath, Seconds/,
};

/** Whether the server's problem is that of the graph: its words for it, at its place or beside it. */
function isSame(graph: Problem, server: Problem): boolean {
  if (graph.source !== "graph") return false;
  const words = said[graph.code as OpenCode];
  if (words === undefined || !words.test(server.message ?? "")) return false;
  if (graph.code === "noTerminalState") return true;
  const [longer, shorter] =
    graph.path.length > server.path.length ? [graph.path, server.path] : [server.path, graph.path];
  return isWithin(longer, shorter) && longer.length - shorter.length <= 1;
}

import { type Action, type Diagnostic, setDiagnostics } from "@codemirror/lint";
import type { Text } from "@codemirror/state";
import { useEffect } from "react";
import { useDesignerText, type DesignerCatalogue } from "../../../i18n/designer/texts.ts";
import type { Problem, QuickFix } from "../problems/problem.ts";
import { fixWords, problemWords } from "../problems/problem-words.ts";
import { useFix } from "../problems/use-fix.ts";
import { useProblems } from "../problems/use-problems.ts";
import { useDesigner } from "../use-designer.ts";

/** Underlines the problems where they are, with their fixes beside the words. */
export function useLint(): void {
  const text = useDesignerText();
  const { list } = useProblems();
  const { store } = useDesigner();
  const fix = useFix();
  useEffect(() => {
    // Places in a text that has changed since are those of the next list.
    if (store.view.isBehind) return;
    const { editor } = store.view;
    const diagnostics = list.map((problem) => diagnosticOf(problem, editor.doc, text, fix));
    store.dispatch(setDiagnostics(editor, diagnostics));
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `fix` is another function each time, and does the same
  }, [store, list, text]);
}

function diagnosticOf(
  problem: Problem,
  doc: Text,
  text: DesignerCatalogue,
  fix: (fix: QuickFix) => void,
): Diagnostic {
  const { span, severity } = problem;
  const actions = problem.fixes.map((each): Action => ({
    name: fixWords(text, each),
    apply: () => fix(each),
  }));
  return {
    from: Math.min(span.from, doc.length),
    to: Math.min(span.to, doc.length),
    severity: severity === "hint" ? "info" : severity,
    message: problemWords(text, problem),
    actions,
  };
}

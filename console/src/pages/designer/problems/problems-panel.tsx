import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect, useMemo, useRef, useState } from "react";
import { useShortcuts } from "../../../app/keys.ts";
import { store as keep, stored } from "../../../app/preferences.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat } from "../../../i18n/language.tsx";
import { IconButton } from "../../../parts/button.tsx";
import { useDesigner } from "../use-designer.ts";
import { goToSpan } from "./go-to-place.ts";
import type { Problem } from "./problem.ts";
import { ProblemRow } from "./problem-row.tsx";
import { Sign } from "./problem-sign.tsx";
import { problemWords } from "./problem-words.ts";
import { useProblems } from "./use-problems.ts";

/** Our choice: a list of more is read by nobody, and the first are the ones to begin with. */
const mostShown = 100;

/** What is wrong, below every mode: a line with the count, and the list when it is open. */
export function ProblemsPanel() {
  const text = useDesignerText();
  const format = useFormat();
  const { list, errors, warnings, isChecking, error } = useProblems();
  const { store } = useDesigner();
  const [isOpen, setOpen] = useState(() => stored("problems") === "open");
  const [said, setSaid] = useState("");
  const at = useRef<string | undefined>(undefined);
  const show = (next: boolean) => {
    setOpen(next);
    keep("problems", next ? "open" : "closed");
  };
  const go = (problem: Problem) => {
    at.current = problem.id;
    store.read();
    goToSpan(store, problem.span);
    if (problem.key !== undefined) store.select([problem.key]);
    const line = store.view.editor.doc.lineAt(
      Math.min(problem.span.from, store.view.editor.doc.length),
    );
    const place = text.code.line(format.number(line.number));
    const severity = text.code.problems.severities[problem.severity];
    setSaid(text.code.problems.announced(severity, problemWords(text, problem), place));
  };
  useProblemKeys(list, at, go);
  const count = text.code.problems.count(format.number(errors), format.number(warnings));
  const Chevron = isOpen ? ChevronDown : ChevronUp;

  return (
    <section
      aria-label={text.code.problems.title}
      className="mt-2 shrink-0 overflow-hidden rounded-xl border border-line bg-surface text-[13px]"
    >
      <div className="flex min-h-9 items-center gap-2 pr-1 pl-3">
        <Sign severity={errors > 0 ? "error" : warnings > 0 ? "warning" : undefined} />
        <h2 className="font-medium">{text.code.problems.title}</h2>
        <p role="status" className="min-w-0 grow truncate text-xs text-dim">
          {list.length === 0 && !isChecking ? text.code.problems.none : count}
          {isChecking && ` · ${text.code.problems.checking}`}
        </p>
        <IconButton
          label={isOpen ? text.code.problems.hide : text.code.problems.show}
          aria-expanded={isOpen}
          onPress={() => show(!isOpen)}
        >
          <Chevron aria-hidden size={15} />
        </IconButton>
      </div>
      {isOpen && (
        <div className={`border-t border-line ${isChecking ? "opacity-70" : ""}`}>
          {error !== null && (
            <p className="px-3 py-2 text-fail">{text.code.problems.unreachable(error.message)}</p>
          )}
          {list.length === 0 ? (
            <p className="px-3 py-2 text-dim">{text.code.problems.noneText}</p>
          ) : (
            <ul className="max-h-44 divide-y divide-line overflow-y-auto">
              {list.slice(0, mostShown).map((problem) => (
                <ProblemRow key={problem.id} problem={problem} onGo={() => go(problem)} />
              ))}
            </ul>
          )}
        </div>
      )}
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </section>
  );
}

/** F8 leads to the next problem, Alt F8 to the one before. */
function useProblemKeys(
  list: readonly Problem[],
  at: { readonly current: string | undefined },
  go: (problem: Problem) => void,
): void {
  const text = useDesignerText();
  const newest = useRef({ list, go });
  useEffect(() => {
    newest.current = { list, go };
  });
  useShortcuts(
    useMemo(() => {
      const move = (by: 1 | -1) => {
        const { list: now, go: lead } = newest.current;
        const index = now.findIndex(({ id }) => id === at.current);
        const next = index < 0 && by < 0 ? now.length - 1 : (index + by + now.length) % now.length;
        const problem = now[next];
        if (problem !== undefined) lead(problem);
      };
      const group = text.code.keys;
      return [
        { keys: "F8", label: text.code.problems.next, group, run: () => move(1) },
        { keys: "Alt+F8", label: text.code.problems.previous, group, run: () => move(-1) },
      ];
    }, [text, at]),
  );
}

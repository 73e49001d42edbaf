import { Wrench } from "lucide-react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useFormat } from "../../../i18n/language.tsx";
import { Button } from "../../../parts/button.tsx";
import { useDesigner } from "../use-designer.ts";
import type { Problem } from "./problem.ts";
import { Sign } from "./problem-sign.tsx";
import { fixWords, problemWords } from "./problem-words.ts";
import { useFix } from "./use-fix.ts";

/** One problem: a press leads to its place, and what would mend it is beside. */
export function ProblemRow({
  problem,
  onGo,
}: {
  readonly problem: Problem;
  readonly onGo: () => void;
}) {
  const text = useDesignerText();
  const format = useFormat();
  const { store } = useDesigner();
  const fix = useFix();
  const { doc } = store.view.editor;
  const { number } = doc.lineAt(Math.min(problem.span.from, doc.length));
  const state = problem.key ?? text.code.problems.whole;
  return (
    <li className="flex flex-wrap items-center gap-x-2 pr-2">
      <button
        type="button"
        onClick={onGo}
        className="flex min-w-0 grow basis-72 items-start gap-2 px-3 py-1.5 text-left -outline-offset-2! hover:bg-sunken"
      >
        <span className="mt-0.5">
          <Sign severity={problem.severity} />
        </span>
        <span className="sr-only">{text.code.problems.severities[problem.severity]}</span>
        <span className="min-w-0">
          <span className="block break-words">{problemWords(text, problem)}</span>
          <span className="block text-xs break-all text-dim">
            {state} · {text.code.line(format.number(number))}
          </span>
        </span>
      </button>
      {problem.fixes.map((each) => (
        <Button
          key={`${each.code} ${"name" in each ? (each.name ?? "") : ""}`}
          className="my-1 h-7! max-w-full px-2! text-xs!"
          onPress={() => fix(each)}
        >
          <Wrench aria-hidden size={12} className="shrink-0" />
          <span className="truncate">{fixWords(text, each)}</span>
        </Button>
      ))}
    </li>
  );
}

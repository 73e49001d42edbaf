import { X } from "lucide-react";
import { useEffect, useState } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useText } from "../../../i18n/language.tsx";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { outcomeWords, type OutcomeWords } from "./outcome-words.ts";

/** Our choice: what was done is seen on the canvas, what is open or refused wants to be read. */
const shownMs = { done: 2_500, open: 9_000, refused: 7_000 };

const looks = {
  done: "border-line bg-raised text-text",
  open: "border-wait/50 bg-wait-soft text-wait",
  refused: "border-fail/50 bg-fail-soft text-fail",
};

/** What the newest edit came to: shown for a while, and read aloud. `said` is what was done without one: a copy, a drag given up. */
export function Announcer({ said }: { readonly said: { readonly text: string } | undefined }) {
  const text = useDesignerText().canvas;
  const close = useText().app.close;
  const { store } = useDesigner();
  const outcome = useDesignerView((view) => view.outcome);
  const [gone, setGone] = useState<object>();
  const [words, setWords] = useState<OutcomeWords>();
  const [seen, setSeen] = useState({ outcome, said });
  if (seen.outcome !== outcome || seen.said !== said) {
    setSeen({ outcome, said });
    // Its names are those of now: an undo may take them away.
    if (seen.outcome !== outcome) setWords(outcomeWords(store.view, text));
    else setWords(said && { tone: "done", text: said.text });
  }
  useEffect(
    () =>
      store.follow((transactions) => {
        const is = (event: string) => transactions.some((each) => each.isUserEvent(event));
        if (is("undo")) setWords({ tone: "done", text: text.undone });
        else if (is("redo")) setWords({ tone: "done", text: text.redone });
      }),
    [store, text],
  );
  const tone = words?.tone;
  useEffect(() => {
    if (words === undefined || tone === undefined) return undefined;
    const timer = setTimeout(() => setGone(words), shownMs[tone]);
    return () => clearTimeout(timer);
  }, [words, tone]);
  const isShown = words !== undefined && gone !== words;
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none absolute inset-x-2 bottom-14 z-20 flex justify-center"
    >
      {words !== undefined && (
        <p
          className={`flex max-w-xl items-start gap-2 rounded-lg border px-3 py-2 text-[13px] shadow-high ${looks[words.tone]} ${isShown ? "pointer-events-auto" : "sr-only"}`}
        >
          <span className="min-w-0 break-words">{words.text}</span>
          {isShown && words.tone !== "done" && (
            <button
              type="button"
              aria-label={close}
              onClick={() => setGone(words)}
              className="-mr-1 shrink-0 cursor-pointer rounded p-0.5 hover:bg-surface/50"
            >
              <X aria-hidden size={14} />
            </button>
          )}
        </p>
      )}
    </div>
  );
}

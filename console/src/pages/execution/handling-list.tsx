import { Check, Minus, X } from "lucide-react";
import type { VisitView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { handlingOf, type Handling } from "./handling.ts";

/** Each Retrier and Catcher in order, and what it said to the failure. */
export function HandlingList({
  state,
  visit,
}: {
  readonly state: unknown;
  readonly visit: VisitView;
}) {
  const text = useText();
  const handling = handlingOf(state, visit);
  if (handling.length === 0) return <p className="text-dim">{text.execution.noHandling}</p>;
  return (
    <ol className="flex flex-col gap-1.5" aria-label={text.execution.handling}>
      {handling.map((each) => (
        <Rule key={`${each.kind}${each.index}`} handling={each} />
      ))}
    </ol>
  );
}

function Rule({ handling }: { readonly handling: Handling }) {
  const text = useText();
  const format = useFormat();
  const words = {
    took: text.execution.verdictTook,
    exhausted: text.execution.verdictExhausted,
    otherError: text.execution.verdictOtherError,
    notAsked: text.execution.verdictNotAsked,
    terminal: text.execution.verdictTerminal,
  }[handling.verdict];
  const number = format.number(handling.index + 1);
  const name =
    handling.kind === "retrier" ? text.execution.retrier(number) : text.execution.catcher(number);
  return (
    <li className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5 rounded-lg bg-bg/50 px-3 py-1.5 text-[13px]">
      <Sign verdict={handling.verdict} />
      <b className="font-semibold">{name}</b>
      <span>{words}</span>
      {handling.attempts !== undefined && (
        <span className="text-dim tabular-nums">
          {text.execution.retriesUsed(
            format.number(handling.attempts.used),
            format.number(handling.attempts.most),
          )}
        </span>
      )}
      {handling.next !== undefined && (
        <span className="text-dim">{text.execution.goesTo(handling.next)}</span>
      )}
      <span
        className="w-full truncate font-mono text-xs text-dim"
        title={handling.errors.join(", ")}
      >
        {handling.errors.join(", ")}
      </span>
    </li>
  );
}

function Sign({ verdict }: { readonly verdict: Handling["verdict"] }) {
  if (verdict === "took") return <Check aria-hidden size={13} className="self-center text-ok" />;
  if (verdict === "exhausted") return <X aria-hidden size={13} className="self-center text-fail" />;
  return <Minus aria-hidden size={13} className="self-center text-faint" />;
}

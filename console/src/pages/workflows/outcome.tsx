import type { OutcomeView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";

/** How the executions of a version went, in one line. */
export function Outcome({
  outcome,
  label,
}: {
  readonly outcome: OutcomeView | undefined;
  readonly label: string;
}) {
  const { rollout: text } = useText();
  const format = useFormat();
  if (outcome === undefined || outcome.executions === 0) {
    return <span className="text-xs text-faint">{text.none}</span>;
  }
  const { executions, succeeded, failed, p95 } = outcome;
  const ended = succeeded + failed;
  const rate = ended === 0 ? undefined : failed / ended;
  const facts = [
    { name: text.executions, value: format.number(executions), look: "text-text" },
    {
      name: text.failureRate,
      value: rate === undefined ? "–" : format.percent(rate),
      look: failed > 0 ? "text-fail" : "text-text",
    },
    { name: text.p95, value: p95 === undefined ? "–" : format.duration(p95), look: "text-text" },
  ];
  return (
    <dl aria-label={label} title={label} className="flex flex-wrap gap-x-3 text-xs text-dim">
      {facts.map(({ name, value, look }) => (
        <div key={name} className="flex gap-1">
          <dt>{name}</dt>
          <dd className={`font-semibold tabular-nums ${look}`}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

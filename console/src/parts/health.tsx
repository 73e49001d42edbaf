import { Check, CircleHelp, OctagonAlert, TriangleAlert, type LucideIcon } from "lucide-react";
import type { HealthCheck, HealthLevel } from "../../../src/console/view-types.ts";
import { useFormat, useText } from "../i18n/language.tsx";
import { toneSoft, toneText, type Tone } from "./status.tsx";

const looks: Readonly<Record<HealthLevel, { readonly icon: LucideIcon; readonly tone: Tone }>> = {
  good: { icon: Check, tone: "ok" },
  busy: { icon: TriangleAlert, tone: "wait" },
  critical: { icon: OctagonAlert, tone: "fail" },
  unknown: { icon: CircleHelp, tone: "off" },
};

/** How well something is, as a sign, a word and a colour. */
export function HealthBadge({ level }: { readonly level: HealthLevel }) {
  const words = useText().home.health;
  const { icon: Icon, tone } = looks[level];
  return (
    <span
      className={`inline-flex shrink-0 items-center gap-1.5 rounded-full px-2 py-0.5 text-xs font-medium whitespace-nowrap ${toneSoft[tone]} ${toneText[tone]}`}
    >
      <Icon aria-hidden size={13} />
      {words.levels[level]}
    </span>
  );
}

/** Each check with its value; what is not well says how. */
export function HealthFacts({ checks }: { readonly checks: readonly HealthCheck[] }) {
  const words = useText().home.health;
  const valueOf = useHealthValue();
  return (
    <dl>
      {checks.map((check) => {
        const { icon: Icon, tone } = looks[check.level];
        const isWell = check.level === "good";
        return (
          <div key={check.name} className="flex items-center gap-2 py-0.5 text-[13px]">
            <dt className="flex min-w-0 grow items-center gap-2 text-dim">
              <Icon aria-hidden size={13} className={`shrink-0 ${toneText[tone]}`} />
              <span className="truncate" title={words.meanings[check.name]}>
                {words.checks[check.name]}
              </span>
            </dt>
            <dd className="shrink-0 text-right tabular-nums">
              {valueOf(check)}
              <span className={isWell ? "sr-only" : `ml-1.5 text-xs ${toneText[tone]}`}>
                {words.levels[check.level]}
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

/** The value of a check in words. */
export function useHealthValue(): (check: HealthCheck) => string {
  const text = useText();
  const format = useFormat();
  const words = text.home.health;
  const ms = (value: number) =>
    value < 10
      ? text.metrics.milliseconds(format.number(Math.round(value * 10) / 10))
      : format.duration(value);
  return ({ name, value, most, rate }) => {
    if (name === "commit") {
      const often = words.commits(format.number(Math.round((rate ?? 0) * 10) / 10));
      return value === undefined ? often : `${often} · ${ms(value)}`;
    }
    if (value === undefined) return text.metrics.nothing;
    if (name === "loop") return ms(value);
    return most === undefined
      ? format.bytes(value)
      : text.app.of(format.bytes(value), format.bytes(most));
  };
}

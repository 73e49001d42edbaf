import { Equal } from "lucide-react";
import { useText } from "../../i18n/language.tsx";
import type { Presence } from "./run-differences.ts";

export type Side = "a" | "b";

/** Each execution has a letter and a colour. */
export const sideTones = { a: "run", b: "wait", both: "off" } as const;
const looks: Readonly<Record<Side, string>> = {
  a: "bg-run-soft text-run border-run/50",
  b: "bg-wait-soft text-wait border-wait/50",
};

/** The letter of an execution. */
export function SideMark({ side, size = 20 }: { readonly side: Side; readonly size?: number }) {
  const text = useText();
  return (
    <span
      aria-hidden
      style={{ width: size, height: size, fontSize: Math.round(size * 0.6) }}
      className={`inline-grid shrink-0 place-items-center rounded border leading-none font-bold ${looks[side]}`}
    >
      {text.compare.side[side]}
    </span>
  );
}

/** Who entered a state, as a sign. */
export function PresenceSign({
  presence,
  size = 16,
}: {
  readonly presence: Presence;
  readonly size?: number;
}) {
  return presence === "both" ? (
    <Equal aria-hidden size={size} className="shrink-0 text-off" />
  ) : (
    <SideMark side={presence} size={size} />
  );
}

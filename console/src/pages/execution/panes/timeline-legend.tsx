import { useText } from "../../../i18n/language.tsx";

const entries = [
  { kind: "succeeded", look: "bg-ok" },
  { kind: "running", look: "bg-run" },
  { kind: "failed", look: "bg-fail" },
  { kind: "waiting", look: "bg-wait" },
  { kind: "timer", look: "border border-wait bg-wait-soft" },
  { kind: "retry", look: "" },
] as const;

/** What the looks of the segments say. */
export function TimelineLegend() {
  const text = useText();
  return (
    <ul
      aria-label={text.run.legend}
      className="flex h-5 min-w-0 grow basis-0 flex-wrap gap-x-3 overflow-hidden text-xs leading-5 text-dim"
    >
      {entries.map(({ kind, look }) => (
        <li key={kind} className="flex items-center gap-1.5 whitespace-nowrap">
          {kind === "retry" ? (
            <svg aria-hidden width="12" height="10" className="stroke-line-strong" strokeWidth={2}>
              <path d="M-2,6L4,-1M0,11L10,-1M6,11L14,2" />
            </svg>
          ) : (
            <span className={`h-2.5 w-3 rounded-[3px] ${look}`} />
          )}
          {text.run.segment[kind]}
        </li>
      ))}
    </ul>
  );
}

import { useText } from "../../../i18n/language.tsx";

export const speeds = [1, 10, 100] as const;
export type Speed = (typeof speeds)[number];

/** Steps through ×1, ×10, ×100. */
export function SpeedChoice({
  speed,
  onChange,
}: {
  readonly speed: Speed;
  readonly onChange: (speed: Speed) => void;
}) {
  const text = useText();
  return (
    <div
      role="group"
      aria-label={text.run.speed}
      className="ml-1 flex overflow-hidden rounded-md border border-line"
    >
      {speeds.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === speed}
          onClick={() => onChange(each)}
          className={`h-[24px] min-w-8 px-1.5 text-[11px] font-medium tabular-nums focus-visible:-outline-offset-2 ${each === speed ? "bg-accent-soft text-text" : "text-dim hover:bg-sunken"}`}
        >
          {text.run.times(String(each))}
        </button>
      ))}
    </div>
  );
}

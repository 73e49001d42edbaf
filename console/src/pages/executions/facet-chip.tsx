import { useFormat, useText } from "../../i18n/language.tsx";

/** A filter that is on or off by one press, with how many executions it would leave. */
export function FacetChip({
  label,
  count,
  isOn,
  onPress,
}: {
  readonly label: string;
  readonly count: number | undefined;
  readonly isOn: boolean;
  readonly onPress: () => void;
}) {
  const format = useFormat();
  const words = useText().executions.facets;
  const shown = count === undefined ? undefined : format.number(count);
  return (
    <button
      type="button"
      aria-pressed={isOn}
      title={label}
      onClick={onPress}
      className={`inline-flex h-7 max-w-60 items-center gap-1.5 rounded-full border px-3 text-xs font-medium whitespace-nowrap transition-colors ${isOn ? "border-accent bg-accent-soft text-accent" : "border-line bg-surface text-dim hover:border-line-strong hover:text-text"}`}
    >
      {shown === undefined ? (
        <span className="truncate">{label}</span>
      ) : (
        <>
          <span className="sr-only">{words.counted(label, shown)}</span>
          <span aria-hidden className="truncate">
            {label}
          </span>
          <span aria-hidden className="tabular-nums">
            {shown}
          </span>
        </>
      )}
    </button>
  );
}

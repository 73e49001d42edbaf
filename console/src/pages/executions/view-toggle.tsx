import { CircleAlert, Rows3 } from "lucide-react";
import { useText } from "../../i18n/language.tsx";

/** One row for each execution, or one for each kind of failure. */
export function ViewToggle({
  isGrouped,
  onChange,
}: {
  readonly isGrouped: boolean;
  readonly onChange: (isGrouped: boolean) => void;
}) {
  const text = useText();
  const words = text.executions.view;
  const choices = [
    { grouped: false, label: words.list, Icon: Rows3 },
    { grouped: true, label: words.errors, Icon: CircleAlert },
  ];
  return (
    <div
      role="group"
      aria-label={words.label}
      className="inline-flex rounded-lg border border-line bg-sunken p-0.5"
    >
      {choices.map(({ grouped, label, Icon }) => (
        <button
          key={label}
          type="button"
          aria-pressed={grouped === isGrouped}
          onClick={() => onChange(grouped)}
          className={`inline-flex h-7 items-center gap-1.5 rounded-md px-2.5 text-xs font-medium whitespace-nowrap ${grouped === isGrouped ? "bg-surface text-text shadow-card" : "text-dim hover:text-text"}`}
        >
          <Icon aria-hidden size={13} />
          {label}
        </button>
      ))}
    </div>
  );
}

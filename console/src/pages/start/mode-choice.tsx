import { useText } from "../../i18n/language.tsx";

/** Whether the result of an Express execution is waited for. */
export function ModeChoice({
  isSync,
  onChoose,
}: {
  readonly isSync: boolean;
  readonly onChoose: (isSync: boolean) => void;
}) {
  const text = useText();
  const modes = [
    { value: true, label: text.start.sync, hint: text.start.syncHint },
    { value: false, label: text.start.async, hint: text.start.asyncHint },
  ];
  return (
    <fieldset>
      <legend className="mb-1 text-[13px] font-medium">{text.start.mode}</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {modes.map(({ value, label, hint }) => (
          <label
            key={label}
            className={`flex cursor-pointer items-start gap-2.5 rounded-md border px-3 py-2 ${value === isSync ? "border-accent bg-accent-soft" : "border-line hover:border-line-strong"}`}
          >
            <input
              type="radio"
              name="mode"
              checked={value === isSync}
              onChange={() => onChoose(value)}
              className="mt-1 accent-accent"
            />
            <span>
              <span className="block text-[13px] font-medium">{label}</span>
              <span className="block text-xs text-dim">{hint}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

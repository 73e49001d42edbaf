import { GitCompare } from "lucide-react";
import { ToggleButton } from "react-aria-components";
import { useText } from "../../i18n/language.tsx";
import { Tip } from "../../parts/tip.tsx";

/** Shows a document with what differs from another one, or as it is. */
export function DifferenceSwitch({
  isOn,
  onChange,
  hint,
}: {
  readonly isOn: boolean;
  readonly onChange: (isOn: boolean) => void;
  /** What it is compared with. */
  readonly hint: string;
}) {
  const text = useText().inspector;
  return (
    <Tip text={hint}>
      <ToggleButton
        isSelected={isOn}
        onChange={onChange}
        className="inline-flex h-7 w-fit items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 text-xs font-medium text-dim hover:border-line-strong hover:text-text data-[selected]:border-accent data-[selected]:bg-accent-soft data-[selected]:text-accent"
      >
        <GitCompare aria-hidden size={13} />
        {text.difference}
      </ToggleButton>
    </Tip>
  );
}

import type { LucideIcon } from "lucide-react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";

/** One of a few, side by side. */
export function Segments<T extends string>({
  label,
  options,
  selected,
  onSelect,
}: {
  readonly label: string;
  readonly options: readonly {
    readonly id: T;
    readonly label: string;
    readonly Icon?: LucideIcon;
  }[];
  readonly selected: T;
  readonly onSelect: (id: T) => void;
}) {
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[selected]}
      onSelectionChange={(chosen) => {
        const option = options.find(({ id }) => chosen.has(id));
        if (option !== undefined) onSelect(option.id);
      }}
      className="inline-flex max-w-full flex-wrap rounded-lg border border-line bg-sunken p-0.5"
    >
      {options.map(({ id, label: name, Icon }) => (
        <ToggleButton
          key={id}
          id={id}
          className="inline-flex h-7 cursor-pointer items-center gap-1.5 rounded-md px-2.5 text-[13px] font-medium whitespace-nowrap text-dim hover:text-text data-[selected]:bg-accent-soft data-[selected]:text-accent"
        >
          {Icon !== undefined && <Icon aria-hidden size={13} />}
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}

import { type ReactNode, useEffect, useRef } from "react";
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from "react-aria-components";

export interface TabItem {
  readonly id: string;
  readonly label: ReactNode;
  readonly content: ReactNode;
}

/** Tabs whose choice is in the address: `selected` and `onSelect` belong to the page. */
export function Tabs({
  label,
  items,
  selected,
  onSelect,
  className = "",
  panelClassName = "pt-4",
}: {
  readonly label: string;
  readonly items: readonly TabItem[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  readonly className?: string;
  readonly panelClassName?: string;
}) {
  return (
    <AriaTabs
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(String(key))}
      className={`flex min-h-0 flex-col ${className}`}
    >
      <TabList
        aria-label={label}
        className="flex shrink-0 gap-1 overflow-x-auto border-b border-line"
      >
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className="-mb-px cursor-pointer border-b-2 border-transparent px-3 py-2 text-[13px] font-medium whitespace-nowrap text-dim outline-none hover:text-text data-[focus-visible]:rounded data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2 data-[focus-visible]:outline-accent data-[selected]:border-accent data-[selected]:text-text"
          >
            {({ isSelected }) => <TabLabel isSelected={isSelected}>{item.label}</TabLabel>}
          </Tab>
        ))}
      </TabList>
      {items.map((item) => (
        <TabPanel
          key={item.id}
          id={item.id}
          className={`min-h-0 grow outline-none ${panelClassName}`}
        >
          {item.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}

/** Where tabs do not fit side by side, that which is shown may be out of sight: the bar goes there, and nothing else moves. */
function TabLabel({
  isSelected,
  children,
}: {
  readonly isSelected: boolean;
  readonly children: ReactNode;
}) {
  const label = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const tab = isSelected ? label.current?.closest<HTMLElement>("[role=tab]") : undefined;
    const bar = tab?.closest<HTMLElement>("[role=tablist]");
    if (!tab || !bar) return;
    const reveal = (): void => {
      const [inner, outer] = [tab.getBoundingClientRect(), bar.getBoundingClientRect()];
      bar.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
    };
    // Labels grow when what they count has been read. It tells at once of what it begins to watch.
    const sizes = new ResizeObserver(reveal);
    for (const each of bar.children) sizes.observe(each);
    return () => sizes.disconnect();
  }, [isSelected]);
  return <span ref={label}>{children}</span>;
}

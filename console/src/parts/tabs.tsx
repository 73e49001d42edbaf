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
  const list = useRef<HTMLDivElement>(null);
  // Where they do not fit side by side, that which is shown may be out of sight.
  useEffect(() => {
    const bar = list.current;
    const tab = bar?.querySelector<HTMLElement>("[data-selected]");
    if (bar === null || tab === null || tab === undefined) return;
    bar.scrollLeft = tab.offsetLeft - bar.offsetLeft - (bar.clientWidth - tab.clientWidth) / 2;
  }, [selected]);
  return (
    <AriaTabs
      selectedKey={selected}
      onSelectionChange={(key) => onSelect(String(key))}
      className={`flex min-h-0 flex-col ${className}`}
    >
      <TabList
        ref={list}
        aria-label={label}
        className="flex shrink-0 gap-1 overflow-x-auto border-b border-line"
      >
        {items.map((item) => (
          <Tab
            key={item.id}
            id={item.id}
            className="-mb-px cursor-pointer border-b-2 border-transparent px-3 py-2 text-[13px] font-medium whitespace-nowrap text-dim outline-none hover:text-text data-[focus-visible]:rounded data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2 data-[focus-visible]:outline-accent data-[selected]:border-accent data-[selected]:text-text"
          >
            {item.label}
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

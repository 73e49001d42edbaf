import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";

/** What is opened by its title, and drawn only then. */
export function Folded({
  title,
  aside,
  isOpenAtFirst = false,
  children,
}: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly isOpenAtFirst?: boolean;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(isOpenAtFirst);
  return (
    <details
      open={isOpen}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group rounded-lg border border-line"
    >
      <summary className="flex min-h-8 cursor-pointer list-none items-center gap-1.5 rounded-lg px-2 text-[13px] font-medium hover:bg-sunken">
        <ChevronRight
          aria-hidden
          size={13}
          className="shrink-0 text-faint transition-transform group-open:rotate-90"
        />
        <span className="min-w-0 grow truncate">{title}</span>
        {aside}
      </summary>
      {isOpen && <div className="px-3 pt-1 pb-3">{children}</div>}
    </details>
  );
}

import { ChevronRight } from "lucide-react";
import { useState, type ReactNode } from "react";

/** What is needed seldom, behind its name. */
export function Fold({
  title,
  flush = false,
  children,
}: {
  readonly title: string;
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="-mx-1 flex h-8 items-center gap-1 rounded px-1 text-[13px] text-dim hover:text-text"
      >
        <ChevronRight
          aria-hidden
          size={14}
          className={`transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
        {title}
      </button>
      {isOpen && <div className={`pt-1 pb-3 ${flush ? "" : "pl-5"}`}>{children}</div>}
    </div>
  );
}

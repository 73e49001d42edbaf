import type { ReactElement } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";

/** Words that appear beside something while the pointer or the focus rests on it. */
export function Tip({
  text,
  children,
}: {
  readonly text: string;
  readonly children: ReactElement;
}) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      {children}
      <Tooltip
        offset={6}
        className="max-w-80 rounded-md bg-text px-2 py-1 text-xs break-words text-bg shadow-high"
      >
        {text}
      </Tooltip>
    </TooltipTrigger>
  );
}

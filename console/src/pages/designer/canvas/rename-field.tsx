import { useEffect, useRef, useState } from "react";
import type { Box } from "../../../graph/layout.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";

/** The name of a card, to be typed over it. `onRename` says whether it could be; then it is `onClose`d. */
export function RenameField({
  name,
  box,
  onRename,
  onClose,
}: {
  readonly name: string;
  readonly box: Box;
  readonly onRename: (name: string) => boolean;
  readonly onClose: () => void;
}) {
  const text = useDesignerText().canvas.selection;
  const [value, setValue] = useState(name);
  const [isRefused, setRefused] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.select(), []);
  const commit = (): void => {
    if (value === name || onRename(value)) onClose();
    else setRefused(true);
  };
  return (
    <input
      ref={input}
      aria-label={text.newName}
      aria-invalid={isRefused}
      value={value}
      maxLength={200}
      style={{ left: box.x, top: box.y, width: Math.max(196, Math.min(box.width, 320)) }}
      className={`absolute z-10 h-9 rounded-lg border-2 bg-raised px-2.5 text-[13px] font-semibold shadow-high outline-none ${isRefused ? "border-fail" : "border-accent"}`}
      onChange={(event) => {
        setValue(event.target.value);
        setRefused(false);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Enter" && !event.nativeEvent.isComposing) commit();
        else if (event.key === "Escape") onClose();
      }}
      onBlur={() => {
        if (value !== name) onRename(value);
        onClose();
      }}
    />
  );
}

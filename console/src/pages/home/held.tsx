import { useRef, useState, type ReactNode } from "react";

/**
 * Rows that keep their order, and their places, while the pointer or the focus is among them; what they say changes.
 * What is new is shown when they are left.
 */
export function Held<T>({
  rows,
  keyOf,
  children,
}: {
  readonly rows: readonly T[];
  readonly keyOf: (row: T) => string;
  readonly children: (rows: readonly T[]) => ReactNode;
}) {
  const [isPointed, setPointed] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const shown = useRef(rows);
  if (isPointed || isFocused) {
    const now = new Map(rows.map((row) => [keyOf(row), row]));
    shown.current = shown.current.map((row) => now.get(keyOf(row)) ?? row);
  } else shown.current = rows;
  return (
    <div
      onPointerEnter={() => setPointed(true)}
      onPointerLeave={() => setPointed(false)}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
    >
      {children(shown.current)}
    </div>
  );
}

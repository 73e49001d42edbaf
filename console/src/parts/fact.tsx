import type { ReactNode } from "react";

/** Facts about one thing, side by side as far as there is room. */
export function Facts({ children }: { readonly children: ReactNode }) {
  return <dl className="mt-3 flex flex-wrap gap-x-7 gap-y-2">{children}</dl>;
}

/** A fact with its name above it. */
export function Fact({
  name,
  note,
  children,
}: {
  readonly name: string;
  /** What has to be said with it, below it. */
  readonly note?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <div className="min-w-0">
      <dt className="text-[11px] text-dim">{name}</dt>
      <dd className="truncate tabular-nums">{children}</dd>
      {note !== undefined && <dd className="truncate text-[11px] text-dim">{note}</dd>}
    </div>
  );
}

import { useId, type ReactNode } from "react";
import { useRefusalText } from "./denied.tsx";

/** How a field that is typed into looks. */
export const inputLook =
  "w-full min-w-0 rounded-md border border-line bg-sunken px-2.5 text-[13px] text-text placeholder:text-faint hover:border-line-strong focus-visible:outline-offset-0 disabled:opacity-60";

/** What ties a control to its label and its hint. */
export interface FieldIds {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
}

/** A label, the control it names, and what helps with it. */
export function Field({
  label,
  hint,
  aside,
  children,
  className = "",
}: {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: (ids: FieldIds) => ReactNode;
}) {
  const id = useId();
  const hintId = `${id}-hint`;
  return (
    <div className={`min-w-0 ${className}`}>
      <div className="mb-1 flex min-h-6 items-center gap-2">
        <label htmlFor={id} className="grow text-[13px] font-medium">
          {label}
        </label>
        {aside}
      </div>
      {children({ id, "aria-describedby": hint === undefined ? undefined : hintId })}
      {hint !== undefined && (
        <p id={hintId} className="mt-1 text-xs text-dim">
          {hint}
        </p>
      )}
    </div>
  );
}

/** What went wrong with what was just asked for. */
export function Problem({ error }: { readonly error: unknown }) {
  const refusalText = useRefusalText();
  if (error === null || error === undefined) return null;
  return (
    <p
      role="alert"
      className="rounded-md border border-fail/40 bg-fail-soft px-3 py-2 text-[13px] break-words text-fail"
    >
      {refusalText(error) ?? (error instanceof Error ? error.message : String(error))}
    </p>
  );
}

import { RotateCw, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "../i18n/language.tsx";
import { Button } from "./button.tsx";
import { Denied, refusalOf } from "./denied.tsx";

/** The head of a page: what it is, and what can be done with all of it. */
export function PageHead({
  title,
  children,
  hint,
}: {
  readonly title: ReactNode;
  readonly hint?: ReactNode;
  readonly children?: ReactNode;
}) {
  return (
    <header className="mb-5 flex flex-wrap items-end gap-x-4 gap-y-3">
      <div className="min-w-0 grow">
        <h1 className="truncate text-[22px] leading-tight font-semibold tracking-tight">{title}</h1>
        {hint !== undefined && <p className="mt-1 text-dim">{hint}</p>}
      </div>
      {children !== undefined && (
        <div className="flex flex-wrap items-center gap-2">{children}</div>
      )}
    </header>
  );
}

/** A box with a heading. */
export function Card({
  title,
  aside,
  children,
  className = "",
  flush = false,
}: {
  readonly title?: ReactNode;
  readonly aside?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
  /** Its content reaches to its border: a table, a graph. */
  readonly flush?: boolean;
}) {
  return (
    <section
      className={`min-w-0 rounded-xl border border-line bg-surface shadow-card ${className}`}
    >
      {title !== undefined && (
        <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
          <h2 className="min-w-0 grow basis-28 truncate text-[13px] font-semibold">{title}</h2>
          {aside}
        </div>
      )}
      <div className={flush ? "" : "p-4"}>{children}</div>
    </section>
  );
}

/** What is shown where there is nothing yet: what it is, and what to do. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string;
  readonly children?: ReactNode;
  readonly action?: ReactNode;
}) {
  return (
    <div className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <p className="text-[15px] font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-prose text-dim">{children}</div>}
      {action}
    </div>
  );
}

export function Failure({
  error,
  again,
}: {
  readonly error: unknown;
  readonly again?: () => void;
}) {
  const text = useText();
  const refusal = refusalOf(error);
  if (refusal !== undefined) return <Denied refusal={refusal} error={error as Error} />;
  return (
    <div role="alert" className="flex flex-col items-center gap-3 px-6 py-12 text-center">
      <TriangleAlert aria-hidden className="text-fail" />
      <p className="font-semibold">{text.app.failed}</p>
      <p className="max-w-prose break-words text-dim">
        {error instanceof Error ? error.message : String(error)}
      </p>
      {again !== undefined && (
        <Button onPress={again}>
          <RotateCw aria-hidden size={14} />
          {text.app.retry}
        </Button>
      )}
    </div>
  );
}

export function Loading() {
  const text = useText();
  return (
    <div role="status" className="flex items-center justify-center gap-2 px-6 py-12 text-dim">
      <span className="h-3 w-3 animate-[pulse-soft_1.2s_ease-in-out_infinite] rounded-full bg-accent" />
      {text.app.loading}
    </div>
  );
}

import type { ReactNode } from "react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";

/** The label, the aside and the hint of a field that names its control itself. */
export function FieldFrame({
  label,
  member,
  isRequired = false,
  aside,
  hint,
  children,
}: {
  readonly label: string;
  readonly member?: string | undefined;
  readonly isRequired?: boolean | undefined;
  readonly aside?: ReactNode;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}) {
  const { inspector: text } = useDesignerText();
  return (
    <div className="min-w-0">
      <div className="mb-1 flex min-h-6 items-center gap-2">
        <span className="min-w-0 grow truncate text-[13px] font-medium" title={label}>
          {label}
          {isRequired && (
            <span className="ml-1 text-fail" title={text.required}>
              *<span className="sr-only"> {text.required}</span>
            </span>
          )}
          {member !== undefined && member !== label && (
            <code className="ml-1.5 text-[11px] font-normal text-faint">{member}</code>
          )}
        </span>
        {aside}
      </div>
      {children}
      {hint !== undefined && <p className="mt-1 text-xs text-dim">{hint}</p>}
    </div>
  );
}

import { CopyButton } from "./copy.tsx";
import { useText } from "../i18n/language.tsx";

/** Code to take along. */
export function CodeBlock({ label, code }: { readonly label: string; readonly code: string }) {
  const text = useText();
  return (
    <div className="min-w-0 rounded-lg border border-line bg-sunken text-left">
      <div className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3 text-xs text-dim">
        <span className="grow truncate">{label}</span>
        <CopyButton value={code} label={`${text.app.copy}: ${label}`} />
      </div>
      <pre
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="overflow-x-auto p-3 font-mono text-xs leading-5"
      >
        {code}
      </pre>
    </div>
  );
}

import { CopyButton } from "../../parts/copy.tsx";

/** A command, or some lines of code, to be copied. */
export function CliLine({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className="flex max-w-full items-start gap-1 rounded-lg border border-line bg-sunken py-1.5 pr-1.5 pl-3 text-left">
      <pre
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="min-w-0 grow overflow-x-auto py-0.5 font-mono text-xs leading-5 text-text"
      >
        {code}
      </pre>
      <CopyButton value={code} label={label} />
    </div>
  );
}

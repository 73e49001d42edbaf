import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { useFormat, useText } from "../i18n/language.tsx";
import { CopyButton } from "./copy.tsx";

/** Characters of a document that are drawn at once; the rest is copied or opened. */
const mostShown = 200_000;

/** A JSON document as a tree that opens where it is pressed. What is no JSON is shown as it is. */
export function JsonView({ value, label }: { readonly value: string; readonly label: string }) {
  const text = useText();
  const format = useFormat();
  const parsed = useMemo(() => parse(value), [value]);
  return (
    <div className="group relative rounded-lg border border-line bg-sunken">
      <div className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3 text-xs text-dim">
        <span className="grow truncate">{label}</span>
        <span className="tabular-nums">{format.bytes(value.length)}</span>
        <CopyButton value={value} label={`${text.app.copy}: ${label}`} />
      </div>
      <div
        role="group"
        aria-label={label}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-[28rem] overflow-auto p-3 font-mono text-xs leading-5"
      >
        {parsed === undefined ? (
          <pre className="break-words whitespace-pre-wrap">{value.slice(0, mostShown)}</pre>
        ) : (
          <Part value={parsed.value} depth={0} />
        )}
      </div>
    </div>
  );
}

function parse(text: string): { readonly value: unknown } | undefined {
  if (text.length > mostShown) return undefined;
  try {
    return { value: JSON.parse(text, keepNumberText) };
  } catch {
    return undefined;
  }
}

/** Numbers are shown as they are written: one with many digits would come out as another. */
class NumberText {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

function keepNumberText(
  _name: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return String(value) === context.source ? value : new NumberText(context.source);
}

function Part({
  name,
  value,
  depth,
}: {
  readonly name?: string;
  readonly value: unknown;
  readonly depth: number;
}) {
  const isContainer = typeof value === "object" && value !== null && !(value instanceof NumberText);
  if (!isContainer) return <Leaf name={name} value={value} />;
  return <Container name={name} value={value} depth={depth} />;
}

function Container({
  name,
  value,
  depth,
}: {
  readonly name?: string | undefined;
  readonly value: object;
  readonly depth: number;
}) {
  const members = Object.entries(value);
  const [isOpen, setOpen] = useState(depth < 2 && members.length <= 50);
  const [shown, setShown] = useState(100);
  const text = useText();
  const [opening, closing] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (members.length === 0) return <Line name={name}>{`${opening}${closing}`}</Line>;
  return (
    <div>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="-ml-1 inline-flex items-center rounded px-1 text-left hover:bg-line"
      >
        <ChevronRight
          aria-hidden
          size={12}
          className={`mr-0.5 shrink-0 text-faint transition-transform ${isOpen ? "rotate-90" : ""}`}
        />
        <Name name={name} />
        <span className="text-faint">
          {isOpen ? opening : `${opening} ${members.length} ${closing}`}
        </span>
      </button>
      {isOpen && (
        <>
          <div className="ml-[5px] border-l border-line pl-3">
            {members.slice(0, shown).map(([member, inner]) => (
              <Part key={member} name={member} value={inner} depth={depth + 1} />
            ))}
            {members.length > shown && (
              <button
                type="button"
                className="text-run underline"
                onClick={() => setShown(shown + 500)}
              >
                {text.app.more} ({members.length - shown})
              </button>
            )}
          </div>
          <span className="text-faint">{closing}</span>
        </>
      )}
    </div>
  );
}

function Leaf({ name, value }: { readonly name?: string | undefined; readonly value: unknown }) {
  const look = typeof value === "string" ? "text-ok" : value === null ? "text-faint" : "text-run";
  const shown = value instanceof NumberText ? value.text : JSON.stringify(value);
  return (
    <Line name={name}>
      <span className={`${look} break-words`}>{shown}</span>
    </Line>
  );
}

function Line({
  name,
  children,
}: {
  readonly name?: string | undefined;
  readonly children: React.ReactNode;
}) {
  return (
    <div className="pl-3.5 -indent-3.5">
      <Name name={name} />
      {children}
    </div>
  );
}

function Name({ name }: { readonly name?: string | undefined }) {
  if (name === undefined) return null;
  return (
    <>
      <span className="text-text">{name}</span>
      <span className="mr-1.5 text-faint">:</span>
    </>
  );
}

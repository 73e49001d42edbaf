import { UnfoldVertical } from "lucide-react";
import { useMemo, useState } from "react";
import { useFormat, useText } from "../../i18n/language.tsx";
import { foldedDiff, sideBySide, type DiffLine, type DiffPiece } from "./line-diff.ts";

const signs = { same: " ", added: "+", removed: "−" } as const;
const looks = { same: "", added: "bg-ok-soft", removed: "bg-fail-soft" } as const;
const signLooks = { same: "", added: "text-ok", removed: "text-fail" } as const;

/** The difference of two texts, with what is the same folded away. */
export function DiffView({
  lines,
  isSplit,
  label,
}: {
  readonly lines: readonly DiffLine[];
  readonly isSplit: boolean;
  readonly label: string;
}) {
  const pieces = useMemo(() => foldedDiff(lines), [lines]);
  return (
    <div
      role="group"
      aria-label={label}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
      tabIndex={0}
      className="relative max-h-[70dvh] overflow-auto rounded-b-xl font-mono text-xs leading-5"
    >
      <table className={`w-full border-collapse ${isSplit ? "table-fixed" : ""}`}>
        {isSplit && (
          <colgroup>
            <col className="w-12" />
            <col />
            <col className="w-12" />
            <col />
          </colgroup>
        )}
        {pieces.map((piece, index) => (
          <Piece key={`${index} ${piece.lines.length}`} piece={piece} isSplit={isSplit} />
        ))}
      </table>
    </div>
  );
}

function Piece({ piece, isSplit }: { readonly piece: DiffPiece; readonly isSplit: boolean }) {
  const text = useText();
  const format = useFormat();
  const [isFolded, setFolded] = useState(piece.isFolded);
  if (isFolded) {
    return (
      <tbody>
        <tr>
          <td colSpan={isSplit ? 4 : 3} className="border-y border-line bg-sunken p-0">
            <button
              type="button"
              aria-expanded={false}
              onClick={() => setFolded(false)}
              className="flex min-h-6 w-full items-center gap-2 px-3 py-1 text-left font-sans text-dim -outline-offset-2! hover:text-text"
            >
              <UnfoldVertical aria-hidden size={13} />
              {text.workflows.sameLines(format.number(piece.lines.length))}
            </button>
          </td>
        </tr>
      </tbody>
    );
  }
  return (
    <tbody>
      {isSplit
        ? sideBySide(piece.lines).map(({ left, right }, index) => (
            <tr key={index}>
              <Half line={left} number={left?.left} />
              <Half line={right} number={right?.right} />
            </tr>
          ))
        : piece.lines.map((line, index) => <Unified key={index} line={line} />)}
    </tbody>
  );
}

const numberLook = "w-10 px-2 text-right align-top text-faint tabular-nums select-none";

function Unified({ line }: { readonly line: DiffLine }) {
  return (
    <tr className={looks[line.kind]}>
      <td className={numberLook}>{line.left}</td>
      <td className={`${numberLook} border-r border-line`}>{line.right}</td>
      <td className="pr-4 pl-2 whitespace-pre">
        <Sign line={line} />
        {line.text}
      </td>
    </tr>
  );
}

function Half({
  line,
  number,
}: {
  readonly line: DiffLine | undefined;
  readonly number: number | undefined;
}) {
  const look = line === undefined ? "bg-sunken" : looks[line.kind];
  return (
    <>
      <td className={`${numberLook} ${look}`}>{number}</td>
      <td
        className={`border-r border-line pr-2 pl-2 break-words whitespace-pre-wrap last:border-0 ${look}`}
      >
        {line !== undefined && <Sign line={line} />}
        {line?.text}
      </td>
    </>
  );
}

/** A sign for the eye, and a word for who does not see it. */
function Sign({ line: { kind } }: { readonly line: DiffLine }) {
  const text = useText();
  return (
    <>
      <span aria-hidden className={`mr-2 select-none ${signLooks[kind]}`}>
        {signs[kind]}
      </span>
      {kind !== "same" && (
        <span className="sr-only">
          {kind === "added" ? text.workflows.addedLine : text.workflows.removedLine}:
        </span>
      )}
    </>
  );
}

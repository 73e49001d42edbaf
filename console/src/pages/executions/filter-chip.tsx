import { X } from "lucide-react";
import { useFormat, useText } from "../../i18n/language.tsx";
import type { Catalogue } from "../../i18n/catalogue.ts";
import type { Formats } from "../../i18n/formats.ts";
import type { FilterPiece } from "./filter-pieces.ts";

/** One term: pressed, it is edited as text. */
export function FilterChip({
  piece,
  onEdit,
  onRemove,
}: {
  readonly piece: FilterPiece;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}) {
  const text = useText();
  const format = useFormat();
  const look =
    piece.problem === undefined
      ? "border-line bg-sunken"
      : "border-fail/60 bg-fail-soft text-fail line-through decoration-1";
  return (
    <span className={`inline-flex max-w-full items-center rounded-md border text-[13px] ${look}`}>
      <button
        type="button"
        onClick={onEdit}
        aria-label={text.executions.filter.edit(piece.raw)}
        title={piece.raw}
        className="flex h-7 min-w-0 items-center gap-1 rounded-l-md pr-1 pl-2 hover:bg-pick"
      >
        <span className="text-dim">
          {piece.field === "text" ? text.executions.filter.text : piece.field}
        </span>
        <span className="truncate font-medium">{shownValue(piece, text, format)}</span>
      </button>
      <button
        type="button"
        onClick={onRemove}
        aria-label={text.executions.filter.remove(piece.raw)}
        className="flex h-7 w-7 shrink-0 items-center justify-center rounded-r-md text-dim hover:bg-pick hover:text-text"
      >
        <X aria-hidden size={13} />
      </button>
    </span>
  );
}

function shownValue({ field, value, term }: FilterPiece, text: Catalogue, format: Formats): string {
  if (term === undefined) return value;
  if (field === "status") {
    const status = value.toUpperCase();
    return Object.entries(text.status).find(([name]) => name === status)?.[1] ?? value;
  }
  if (field !== "started") return value;
  const [, from = "", to = ""] = /^(\d{4}-.+?)\.\.(\d{4}-.+)$/.exec(value) ?? [];
  return from === ""
    ? value
    : text.executions.filter.between(
        format.dateTime(Date.parse(from)),
        format.dateTime(Date.parse(to)),
      );
}

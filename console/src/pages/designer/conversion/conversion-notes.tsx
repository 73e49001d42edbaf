import type { ConversionNote } from "../../../../../src/asl/to-jsonata/note.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";

const looks = { missing: "text-dim", differs: "text-wait", left: "text-fail" } as const;

/** Our choice: who has more looks at the first ones first. */
const mostShown = 100;

/** What is not the same afterwards, or was not converted, with its place. */
export function ConversionNotes({ notes }: { readonly notes: readonly ConversionNote[] }) {
  const { conversion } = useDesignerText().code;
  if (notes.length === 0) return null;
  return (
    <section aria-label={conversion.notes}>
      <h3 className="mb-1 font-medium">{conversion.notes}</h3>
      <ul
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-40 divide-y divide-line overflow-y-auto rounded-md border border-line"
      >
        {notes.slice(0, mostShown).map(({ level, code, path, from, to }, index) => (
          <li key={index} className="px-3 py-1.5">
            <p>
              <span className={`mr-2 text-xs font-medium ${looks[level]}`}>
                {conversion.levels[level]}
              </span>
              {conversion.noteTexts[code]}
            </p>
            <p className="font-mono text-xs break-all text-dim">
              {path.join(" › ")}
              {from !== undefined && `: ${plain(from)}`}
              {to !== undefined && ` → ${plain(to)}`}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

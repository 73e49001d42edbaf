import { useId } from "react";
import type {
  MergeChoice,
  MergeConflict,
  MergePlace,
  MergeSide,
} from "../../../designer/merge/merge.ts";
import { layoutOf } from "../../../designer/document/layout.ts";
import { jsonNotation, printFlow } from "../../../designer/document/print-flow.ts";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";

/** A place that both have changed: what each has, and which of the two it shall be. */
export function ConflictChoice({
  conflict: { place, base, mine, theirs },
  choice,
  onChoose,
}: {
  readonly conflict: MergeConflict;
  readonly choice: MergeChoice | undefined;
  readonly onChoose: (choice: MergeChoice) => void;
}) {
  const { ship: words } = useDesignerText();
  const name = useId();
  const before = sideText(base);
  const sides = [
    { id: "mine", label: words.mine, value: sideText(mine) },
    { id: "theirs", label: words.theirs, value: sideText(theirs) },
  ] as const;
  return (
    <fieldset className="rounded-lg border border-line p-3">
      <legend className="px-1 font-mono text-xs break-all">{placeText(place)}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        {sides.map(({ id, label, value }) => (
          <label
            key={id}
            className={`block min-w-0 cursor-pointer rounded-md border p-2 ${choice === id ? "border-accent bg-accent-soft" : "border-line hover:bg-sunken"}`}
          >
            <span className="flex items-center gap-2 text-[13px] font-medium">
              <input
                type="radio"
                name={name}
                checked={choice === id}
                onChange={() => onChoose(id)}
                className="h-4 w-4 accent-accent"
              />
              {label}
            </span>
            <SideText value={value} />
          </label>
        ))}
      </div>
      <details className="mt-2 text-xs text-dim">
        <summary className="min-h-6 cursor-pointer rounded">{words.before}</summary>
        <SideText value={before} />
      </details>
    </fieldset>
  );
}

function SideText({ value }: { readonly value: string }) {
  const { ship: words } = useDesignerText();
  if (value === "") return <p className="mt-1.5 text-xs text-dim italic">{words.absent}</p>;
  return (
    <pre className="mt-1.5 max-h-48 overflow-auto font-mono text-xs leading-5 break-words whitespace-pre-wrap">
      {value}
    </pre>
  );
}

/** `States › Charge › Next, End` */
export function placeText({ holder, names }: MergePlace): string {
  return [...holder.map(partText), names.map(partText).join(", ")].join(" › ");
}

const partText = (part: string | number): string => (typeof part === "number" ? `[${part}]` : part);

/** The members with their values; of an item the value alone. */
function sideText(side: MergeSide): string {
  const layout = layoutOf(readDefinition("{}", "json"));
  const place = { layout, notation: jsonNotation, indent: "", mode: "fitting" } as const;
  return [...side]
    .map(([name, value]) => {
      const printed = printFlow(value, place);
      return typeof name === "number" ? printed : `${JSON.stringify(name)}: ${printed}`;
    })
    .join("\n");
}

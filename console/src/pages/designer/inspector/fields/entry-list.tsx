import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { addEntry, type EntryField } from "../../../../designer/edits/entries.ts";
import { Button } from "../../../../parts/button.tsx";
import { useInspected } from "../inspected.ts";

/** A list whose order counts, with its heading and what adds to it. */
export function EntryList({
  title,
  field,
  add,
  hint,
  children,
}: {
  readonly title: string;
  readonly field: EntryField;
  readonly add: string;
  readonly hint?: string | undefined;
  readonly children: ReactNode;
}) {
  const { state, edit } = useInspected();
  return (
    <section aria-label={title} className="min-w-0">
      <div className="mb-1.5 flex min-h-8 items-center gap-2">
        <h3 className="grow text-[13px] font-semibold">{title}</h3>
        <Button
          look="quiet"
          className="h-7! px-2! text-xs!"
          onPress={() => edit("addEntry", (document) => addEntry(document, state.key, field))}
        >
          <Plus aria-hidden size={13} />
          {add}
        </Button>
      </div>
      {hint !== undefined && <p className="mb-2 text-xs text-dim">{hint}</p>}
      <ol className="flex flex-col gap-2">{children}</ol>
    </section>
  );
}

import type { StandInList } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";

/** That a list is longer than what is shown of it. */
export function Shown({ list }: { readonly list: StandInList<unknown> }) {
  const { standIns: text } = useText();
  const format = useFormat();
  const { shown, total } = list;
  if (shown.length === total) return null;
  return (
    <p className="mb-2 text-xs text-dim">
      {text.firstOf(format.number(shown.length), format.number(total))}
    </p>
  );
}

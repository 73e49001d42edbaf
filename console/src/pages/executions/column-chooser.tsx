import { useText } from "../../i18n/language.tsx";
import { ColumnChooser as Chooser } from "../../parts/column-chooser.tsx";
import { allColumns, chooseColumns, fixedColumn } from "./chosen-columns.ts";
import type { ColumnId } from "./columns.tsx";

export function ColumnChooser({
  chosen,
  onChoose,
}: {
  readonly chosen: readonly ColumnId[];
  readonly onChoose: (chosen: readonly ColumnId[]) => void;
}) {
  const { columns: words } = useText().executions;
  return (
    <Chooser
      words={{ label: words.choose, always: words.always, reset: words.reset, columns: words }}
      all={allColumns}
      fixed={fixedColumn}
      usual={allColumns}
      chosen={chosen}
      onChoose={(ids) => onChoose(chooseColumns(ids))}
    />
  );
}

import { useText } from "../../i18n/language.tsx";
import { ColumnChooser as Chooser } from "../../parts/column-chooser.tsx";
import {
  chooseColumns,
  columnIds,
  fixedColumn,
  usualColumns,
  type ColumnId,
} from "./workflow-columns.ts";

export function ColumnChooser({
  chosen,
  onChoose,
}: {
  readonly chosen: readonly ColumnId[];
  readonly onChoose: (chosen: readonly ColumnId[]) => void;
}) {
  const { columns: words } = useText().workflowList;
  return (
    <Chooser
      words={{ ...words, columns: words }}
      all={columnIds}
      fixed={fixedColumn}
      usual={usualColumns}
      chosen={chosen}
      onChoose={(ids) => onChoose(chooseColumns(ids))}
    />
  );
}

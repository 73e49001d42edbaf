import { Columns3 } from "lucide-react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
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
  const toggle = (id: ColumnId) =>
    onChoose(
      chooseColumns(
        columnIds.filter((each) => (each === id ? !chosen.includes(id) : chosen.includes(each))),
      ),
    );
  return (
    <DialogTrigger>
      <Button>
        <Columns3 aria-hidden size={14} />
        {words.label}
      </Button>
      <Popover
        placement="bottom end"
        className="w-60 rounded-lg border border-line bg-raised p-2 shadow-high"
      >
        <Dialog aria-label={words.label} className="outline-none">
          {columnIds.map((id) => (
            <label
              key={id}
              className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-sunken"
            >
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                disabled={id === fixedColumn}
                onChange={() => toggle(id)}
                className="h-4 w-4 accent-accent"
              />
              <span className="grow">{words[id]}</span>
              {id === fixedColumn && <span className="text-xs text-dim">{words.always}</span>}
            </label>
          ))}
          <div className="mt-1 border-t border-line pt-1">
            <Button look="quiet" onPress={() => onChoose(chooseColumns(usualColumns))}>
              {words.reset}
            </Button>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

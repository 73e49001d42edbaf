import { Columns3 } from "lucide-react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Button } from "./button.tsx";

/** Which columns a table shows: one stays, the others come and go, in the order that the table has. */
export function ColumnChooser<T extends string>({
  words,
  all,
  fixed,
  usual,
  chosen,
  onChoose,
}: {
  readonly words: {
    readonly label: string;
    readonly always: string;
    readonly reset: string;
    readonly columns: Readonly<Record<T, string>>;
  };
  readonly all: readonly T[];
  readonly fixed: T;
  /** What it shows if nothing is chosen. */
  readonly usual: readonly T[];
  readonly chosen: readonly T[];
  readonly onChoose: (chosen: readonly T[]) => void;
}) {
  const toggle = (id: T) =>
    onChoose(all.filter((each) => (each === id ? !chosen.includes(id) : chosen.includes(each))));
  return (
    <DialogTrigger>
      <Button>
        <Columns3 aria-hidden size={14} />
        {words.label}
      </Button>
      <Popover
        placement="bottom end"
        className="w-64 rounded-lg border border-line bg-raised p-2 shadow-high"
      >
        <Dialog aria-label={words.label} className="outline-none">
          {all.map((id) => (
            <label
              key={id}
              className="flex min-h-8 cursor-pointer items-center gap-2.5 rounded-md px-2 hover:bg-sunken"
            >
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                disabled={id === fixed}
                onChange={() => toggle(id)}
                className="h-4 w-4 accent-accent"
              />
              <span className="grow">{words.columns[id]}</span>
              {id === fixed && <span className="text-xs text-dim">{words.always}</span>}
            </label>
          ))}
          <div className="mt-1 border-t border-line pt-1">
            <Button look="quiet" onPress={() => onChoose(usual)}>
              {words.reset}
            </Button>
          </div>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

import { Bookmark, Trash2 } from "lucide-react";
import { useRef, useState, type FormEvent } from "react";
import { Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { builtInViews, forgetView, savedViews, saveView, type SavedView } from "./saved-views.ts";

/** Filters with a name: those that come with the console, and one's own. */
export function ViewMenu({
  filter,
  group,
  onOpen,
}: {
  readonly filter: string;
  readonly group: string | undefined;
  readonly onOpen: (view: Pick<SavedView, "filter" | "group">) => void;
}) {
  const text = useText();
  const words = text.executions.views;
  const [views, setViews] = useState(savedViews);
  const [name, setName] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const trimmed = name.trim();
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (trimmed === "") return;
    setViews(saveView(views, { name: trimmed, filter, group }));
    setName("");
    // The button that was pressed is off now, and the focus would be nowhere.
    field.current?.focus();
  };
  return (
    <DialogTrigger>
      <Button>
        <Bookmark aria-hidden size={14} />
        {words.label}
      </Button>
      <Popover
        placement="bottom end"
        className="w-88 max-w-[calc(100vw-1.5rem)] rounded-lg border border-line bg-raised shadow-high"
      >
        <Dialog aria-label={words.label} className="max-h-[70vh] overflow-auto outline-none">
          {({ close }) => {
            const open = (view: Pick<SavedView, "filter" | "group">) => {
              onOpen(view);
              close();
            };
            return (
              <>
                <section className="p-2">
                  <h2 className="px-2 py-1 text-xs font-semibold text-dim">{words.builtIn}</h2>
                  {builtInViews.map((view) => (
                    <ViewButton
                      key={view.id}
                      name={words[view.id]}
                      filter={view.filter}
                      onPress={() => open(view)}
                    />
                  ))}
                </section>
                <section className="border-t border-line p-2">
                  <h2 className="px-2 py-1 text-xs font-semibold text-dim">{words.own}</h2>
                  {views.length === 0 && (
                    <p className="px-2 py-1 text-[13px] text-dim">{words.noOwn}</p>
                  )}
                  {views.map((view) => (
                    <div key={view.name} className="flex items-center gap-1">
                      <ViewButton
                        name={view.name}
                        filter={view.filter === "" ? words.everything : view.filter}
                        onPress={() => open(view)}
                      />
                      <IconButton
                        label={words.remove(view.name)}
                        onPress={() => {
                          setViews(forgetView(views, view.name));
                          field.current?.focus();
                        }}
                      >
                        <Trash2 aria-hidden size={14} />
                      </IconButton>
                    </div>
                  ))}
                  <form onSubmit={save} className="mt-1 flex items-end gap-2 px-2 pb-1">
                    <label className="flex min-w-0 grow flex-col gap-1 text-xs text-dim">
                      {words.name}
                      <input
                        ref={field}
                        value={name}
                        maxLength={60}
                        onChange={(event) => setName(event.target.value)}
                        className="h-8 w-full rounded-md border border-line bg-surface px-2 text-[13px] text-text"
                      />
                    </label>
                    <Button type="submit" look="primary" isDisabled={trimmed === ""}>
                      {words.save}
                    </Button>
                  </form>
                  {views.some((view) => view.name === trimmed) && (
                    <p className="px-2 pb-1 text-xs text-wait">{words.replaces}</p>
                  )}
                </section>
              </>
            );
          }}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

function ViewButton({
  name,
  filter,
  onPress,
}: {
  readonly name: string;
  readonly filter: string;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      onClick={onPress}
      className="flex w-full min-w-0 flex-col rounded-md px-2 py-1.5 text-left hover:bg-sunken"
    >
      <span className="w-full truncate text-[13px] font-medium">{name}</span>
      <span className="w-full truncate font-mono text-[11px] text-dim">{filter}</span>
    </button>
  );
}

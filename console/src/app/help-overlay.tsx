import { useText } from "../i18n/language.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { activeShortcuts, isMac, type Shortcut } from "./keys.ts";

/** Every key that does something on this page. */
export function HelpOverlay({
  isOpen,
  onClose,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const text = useText();
  const groups = Map.groupBy(activeShortcuts(), ({ group }) => group);
  return (
    <Dialog title={text.app.help} isOpen={isOpen} onClose={onClose} width="max-w-2xl">
      <div className="grid gap-6 sm:grid-cols-2">
        {[...groups].map(([group, shortcuts]) => (
          <section key={group}>
            <h3 className="mb-2 text-xs font-semibold text-dim uppercase">{group}</h3>
            <dl className="flex flex-col gap-1.5">
              {shortcuts.map((shortcut) => (
                <div key={shortcut.keys} className="flex items-center gap-3">
                  <dt className="grow">{shortcut.label}</dt>
                  <dd className="flex gap-1">
                    <Keys shortcut={shortcut} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}

function Keys({ shortcut }: { readonly shortcut: Shortcut }) {
  const shown = shortcut.keys
    .replace("Mod+", isMac ? "⌘ " : "Ctrl ")
    .replace("Alt+", "Alt ")
    .replace("Shift+", "Shift ");
  return shown.split(" ").map((key, index) => (
    <kbd
      key={index}
      className="min-w-6 rounded border border-line bg-sunken px-1.5 text-center font-mono text-xs leading-5"
    >
      {key}
    </kbd>
  ));
}

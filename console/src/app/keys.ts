import { useEffect } from "react";
import { store, stored } from "./preferences.ts";

/** A key, or keys one after the other (`g e`), that do something on this page. */
export interface Shortcut {
  /** As it is shown: `?`, `g e`, `Mod+k` (Ctrl, or ⌘ on a Mac), `Alt+ArrowUp`, `Shift+Delete`. */
  readonly keys: string;
  readonly label: string;
  readonly group: string;
  readonly run: () => void;
}

/** All that are in force now: what `?` shows is what is handled. */
const registered = new Set<Shortcut>();
/** How long the second key of two may take. */
const sequenceMs = 1_200;

let first: { readonly key: string; readonly at: number } | undefined;

export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

export function activeShortcuts(): readonly Shortcut[] {
  return [...registered];
}

let letterKeys = stored("letterKeys") !== "off";

/** Whether keys without Ctrl or ⌘ do anything: who speaks to the computer may not want them (WCAG 2.1.4). */
export function hasLetterKeys(): boolean {
  return letterKeys;
}

export function setLetterKeys(isOn: boolean): void {
  letterKeys = isOn;
  store("letterKeys", isOn ? "on" : "off");
}

/** Puts shortcuts in force while the component is there. */
export function useShortcuts(shortcuts: readonly Shortcut[]): void {
  useEffect(() => {
    for (const shortcut of shortcuts) registered.add(shortcut);
    return () => {
      for (const shortcut of shortcuts) registered.delete(shortcut);
    };
  }, [shortcuts]);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest("input, textarea, select, [role=dialog], [role=menu], [role=listbox]") !== null
  );
}

export function keyOf(event: KeyboardEvent): string {
  const modified = (isMac ? event.metaKey : event.ctrlKey) ? "Mod+" : "";
  const key = modified === "" ? event.key : unshifted(event);
  return modified + (event.altKey ? "Alt+" : "") + shifted(event, key) + key;
}

/** With Ctrl the full stop is a key, whatever sign is written above it. */
function unshifted({ code, key }: KeyboardEvent): string {
  return code === "Period" && !/\p{L}/u.test(key) ? "." : key;
}

/** Shift makes another letter or sign, which says it; of a key with a name, which has no other, it has to be said. */
function shifted({ shiftKey }: KeyboardEvent, key: string): string {
  return shiftKey && (key.length > 1 || key === ".") ? "Shift+" : "";
}

document.addEventListener("keydown", (event) => {
  const key = keyOf(event);
  // Single letters are text where somebody types, also in a shadow tree; what comes with Ctrl or ⌘, and F8, is not. But a field
  // selects all of its own, and copies and pastes.
  const [target = null] = event.composedPath();
  const isText = !/^(?:Mod\+(?![acvx]$)|(?:Alt\+|Shift\+)*F\d)/.test(key);
  if (event.defaultPrevented || (isText && isTyping(target))) return;
  if (!letterKeys && isText && !/^(?:Mod|Alt)\+/.test(key)) return;
  const now = performance.now();
  const sequence = first !== undefined && now - first.at < sequenceMs ? `${first.key} ${key}` : "";
  // What was registered last is nearest to what is looked at.
  const found = [...registered].reverse().find(({ keys }) => keys === sequence || keys === key);
  first = found === undefined && /^[a-z]$/.test(key) ? { key, at: now } : undefined;
  if (found === undefined) return;
  event.preventDefault();
  found.run();
});

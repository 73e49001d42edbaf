import { useEffect, type RefObject } from "react";
import type { CanvasCommands } from "./canvas-commands.ts";

/**
 * Copies, cuts and pastes states as plain ASL, by the events that a browser makes of its keys and its menu. Fields and texts that
 * are selected keep theirs.
 */
export function useClipboard(
  pane: RefObject<HTMLElement | null>,
  commands: CanvasCommands,
  onCopied: (count: number) => void,
  onEdited: () => void,
): void {
  useEffect(() => {
    const put = (event: ClipboardEvent, text: string | undefined): void => {
      event.preventDefault();
      if (text !== undefined) event.clipboardData?.setData("text/plain", text);
    };
    const onCopy = (event: ClipboardEvent): void => {
      if (!isOurs(event, pane.current) || commands.selected.length === 0) return;
      const text = commands.copy();
      put(event, text);
      if (text !== undefined) onCopied(commands.selected.length);
    };
    const onCut = (event: ClipboardEvent): void => {
      if (!isOurs(event, pane.current) || commands.selected.length === 0) return;
      put(event, commands.cut());
      onEdited();
    };
    const onPaste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (text === "" || !isOurs(event, pane.current)) return;
      event.preventDefault();
      commands.paste(text);
      onEdited();
    };
    document.addEventListener("copy", onCopy);
    document.addEventListener("cut", onCut);
    document.addEventListener("paste", onPaste);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("cut", onCut);
      document.removeEventListener("paste", onPaste);
    };
  }, [pane, commands, onCopied, onEdited]);
}

function isOurs(event: ClipboardEvent, pane: HTMLElement | null): boolean {
  const [target] = event.composedPath();
  const isField =
    target instanceof HTMLElement &&
    target.closest("input, textarea, select, [contenteditable]") !== null;
  const hasText = document.getSelection()?.isCollapsed === false;
  return !isField && !hasText && isAtCanvas(pane);
}

/** Whether the focus is somewhere in the designer that takes no text. A code view is a shadow tree, with texts in it. */
export function isInDesigner(pane: HTMLElement | null): boolean {
  const { activeElement: at } = document;
  if (isAtCanvas(pane)) return true;
  const isField = at?.closest("input, textarea, select, [contenteditable]") !== null;
  return (
    !isField && at.shadowRoot === null && pane?.closest("[data-designer]")?.contains(at) === true
  );
}

/** Whether the canvas is what keys are meant for: nothing else has the focus. */
export function isAtCanvas(pane: HTMLElement | null): boolean {
  const { activeElement } = document;
  return (
    activeElement === null ||
    activeElement === document.body ||
    pane?.contains(activeElement) === true
  );
}

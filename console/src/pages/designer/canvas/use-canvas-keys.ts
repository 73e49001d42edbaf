import { useMemo, type RefObject } from "react";
import { useShortcuts, type Shortcut } from "../../../app/keys.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import type { Direction } from "./selection-place.ts";
import { isAtCanvas, isInDesigner } from "./use-clipboard.ts";

export interface CanvasKeyActions {
  readonly create: () => void;
  readonly rename: () => void;
  readonly duplicate: () => void;
  readonly remove: () => void;
  readonly removeChain: () => void;
  readonly wrap: () => void;
  readonly unwrap: () => void;
  readonly extract: () => void;
  readonly collapse: () => void;
  readonly retarget: () => void;
  readonly breakpoint: () => void;
  readonly selectAll: () => void;
  readonly moveBeside: (direction: Direction) => void;
  readonly fit: () => void;
  readonly actualSize: () => void;
  readonly minimap: () => void;
  readonly outline: () => void;
}

/**
 * The keys of the canvas, as `?` shows them. Letters do what they say wherever the designer has the focus and no text is typed; what
 * other parts have a meaning for, and what takes something away, only where the canvas has it, or nothing has.
 */
export function useCanvasKeys(
  pane: RefObject<HTMLElement | null>,
  actions: CanvasKeyActions,
): void {
  const { canvas: text } = useDesignerText();
  useShortcuts(
    useMemo(() => {
      const key = (keys: string, label: string, run: () => void): Shortcut => ({
        keys,
        label,
        group: text.keys,
        run: () => isAtCanvas(pane.current) && run(),
      });
      const near = (keys: string, label: string, run: () => void): Shortcut => ({
        ...key(keys, label, run),
        run: () => isInDesigner(pane.current) && run(),
      });
      const { selection } = text;
      return [
        near("a", text.add, actions.create),
        near("F2", selection.rename, actions.rename),
        key("Delete", selection.remove, actions.remove),
        key("Backspace", selection.remove, actions.remove),
        key("Shift+Delete", selection.removeChain, actions.removeChain),
        key("Mod+d", selection.duplicate, actions.duplicate),
        key("Mod+a", selection.all, actions.selectAll),
        near("w", selection.wrap, actions.wrap),
        near("u", selection.unwrap, actions.unwrap),
        near("e", selection.extract, actions.extract),
        near("c", `${selection.collapse} · ${selection.expand}`, actions.collapse),
        near("r", selection.retarget, actions.retarget),
        near("b", selection.breakpoint, actions.breakpoint),
        key("Alt+ArrowUp", selection.moveUp, () => actions.moveBeside("Up")),
        key("Alt+ArrowDown", selection.moveDown, () => actions.moveBeside("Down")),
        key("Alt+ArrowLeft", selection.moveLeft, () => actions.moveBeside("Left")),
        key("Alt+ArrowRight", selection.moveRight, () => actions.moveBeside("Right")),
        near("f", text.tools.fit, actions.fit),
        near("0", text.tools.actualSize, actions.actualSize),
        near("m", text.tools.minimap, actions.minimap),
        near("t", text.tools.outline, actions.outline),
      ];
    }, [text, pane, actions]),
  );
}

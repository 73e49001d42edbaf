import type { RefusalCode } from "../../../designer/edits/edit-result.ts";
import type { Dragged, DropTarget } from "./drop-targets.ts";

/** A drag as it is at the moment. */
export interface Drag {
  readonly dragged: Dragged;
  /** What the hand holds, in words. */
  readonly label: string;
  /** Of the pointer, in the window. */
  readonly x: number;
  readonly y: number;
  /** The pointer is over the canvas. */
  readonly isOver: boolean;
  readonly target: DropTarget | undefined;
  readonly refused: RefusalCode | undefined;
}

/** What the canvas says of a place of the window. */
export interface DropSite {
  readonly at: (
    dragged: Dragged,
    x: number,
    y: number,
  ) => Pick<Drag, "isOver" | "target" | "refused">;
  readonly drop: (dragged: Dragged, target: DropTarget) => void;
}

/** A press that moves less than this is a click. */
const threshold = 5;

/** The one drag of the designer: begun by a press, ended by a release, given up by Escape. */
export class DragStore {
  #drag: Drag | undefined;
  #site: DropSite | undefined;
  readonly #listeners = new Set<() => void>();

  get current(): Drag | undefined {
    return this.#drag;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  set site(site: DropSite | undefined) {
    this.#site = site;
  }

  /** What is under the hand, which has not moved, is something else now. */
  look(): void {
    const drag = this.#drag;
    if (drag === undefined) return;
    this.#show({ ...drag, ...(this.#site?.at(drag.dragged, drag.x, drag.y) ?? nowhere) });
  }

  /** Follows a press of the main button until it is released. */
  press(
    event: { readonly clientX: number; readonly clientY: number; readonly button: number },
    dragged: Dragged,
    label: string,
  ): void {
    if (event.button !== 0) return;
    const { clientX, clientY } = event;
    const controller = new AbortController();
    const { signal } = controller;
    const end = (isDropped: boolean): void => {
      controller.abort();
      const drag = this.#drag;
      this.#show(undefined);
      if (drag === undefined) return;
      swallowClick();
      const { target, refused } = drag;
      if (isDropped && target !== undefined && refused === undefined) {
        this.#site?.drop(dragged, target);
      }
    };
    window.addEventListener(
      "pointermove",
      ({ clientX: x, clientY: y, buttons }) => {
        if (buttons === 0) end(false);
        else if (this.#drag !== undefined || Math.hypot(x - clientX, y - clientY) >= threshold) {
          const found = this.#site?.at(dragged, x, y);
          this.#show({ dragged, label, x, y, ...(found ?? nowhere) });
        }
      },
      { signal },
    );
    window.addEventListener("pointerup", () => end(true), { signal });
    window.addEventListener("pointercancel", () => end(false), { signal });
    window.addEventListener(
      "keydown",
      (key) => {
        if (key.key !== "Escape" || this.#drag === undefined) return;
        key.preventDefault();
        key.stopPropagation();
        end(false);
      },
      { signal, capture: true },
    );
  }

  #show(drag: Drag | undefined): void {
    this.#drag = drag;
    for (const listener of this.#listeners) listener();
  }
}

const nowhere = { isOver: false, target: undefined, refused: undefined };

/** The click that a browser makes of the release is none. */
function swallowClick(): void {
  const controller = new AbortController();
  window.addEventListener(
    "click",
    (event) => {
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true, signal: controller.signal },
  );
  setTimeout(() => controller.abort(), 0);
}

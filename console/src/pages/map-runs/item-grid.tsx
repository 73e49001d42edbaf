import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from "react";
import { useShortcuts } from "../../app/keys.ts";
import { useTheme } from "../../app/theme.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { drawGrid, gridColours } from "./draw-grid.ts";
import { gridGeometry, itemAt, placeOf, zooms } from "./grid-geometry.ts";
import { GridMark } from "./grid-mark.tsx";
import { GridZoom, JumpToItem } from "./grid-tools.tsx";
import { StatusLegend } from "./item-legend.tsx";
import { blockStatus, nextFailed, statusAt, unpackStatuses } from "./item-statuses.ts";
import { itemStatuses } from "../../../../src/console/view-types.ts";

export interface ItemGridProps {
  /** How many items there are, and how each is doing, as `ItemStatusView` has it. */
  readonly total: number;
  readonly packed: string;
  /** An item was pressed, or Enter on it. */
  readonly onPick: (index: number) => void;
  /** The item that is looked at: it is brought into view when it changes. */
  readonly selected?: number | undefined;
  /** Told of the item that the keys or the pointer have come to. */
  readonly onSelect?: ((index: number) => void) | undefined;
  /** Items that are meant (1); the others step back. */
  readonly mask?: Uint8Array | undefined;
  /** What else is said of an item: its error. */
  readonly describe?: ((index: number) => string | undefined) | undefined;
  /** Width of a cell; absent: as all fits. */
  readonly zoom?: number | undefined;
  readonly onZoom?: ((zoom: number | undefined) => void) | undefined;
  /** Height of the box that it is in. */
  readonly height?: number;
}

const usualHeight = 380;

/**
 * Every item of a Map as a cell, in the order of the input: a picture to look at, and a slider over the items for whoever
 * does not. Only what is in view is drawn.
 */
export function ItemGrid({
  total,
  packed,
  onPick,
  selected,
  onSelect,
  mask,
  describe,
  zoom: givenZoom,
  onZoom,
  height = usualHeight,
}: ItemGridProps) {
  const text = useText();
  const format = useFormat();
  const theme = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [width, setWidth] = useState(0);
  const [ownZoom, setOwnZoom] = useState<number>();
  const [cursor, setCursor] = useState(selected ?? 0);
  const [isFocused, setFocused] = useState(false);
  const [hovered, setHovered] = useState<number>();
  const zoom = onZoom === undefined ? ownZoom : givenZoom;
  const changeZoom = onZoom ?? setOwnZoom;
  const statuses = useMemo(() => unpackStatuses(packed, total), [packed, total]);
  const grid = useMemo(
    () => gridGeometry(total, { width, height }, zoom),
    [total, width, height, zoom],
  );
  const shownHeight = Math.min(height, grid.height);
  const at = Math.min(cursor, Math.max(0, total - 1));

  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const measure = () => setWidth(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const draw = useCallback(() => {
    const [element, scroller] = [canvas.current, box.current];
    const context = element?.getContext("2d");
    if (!element || !context || scroller === null || width === 0) return;
    const scale = devicePixelRatio;
    const [w, h] = [Math.round(width * scale), Math.round(shownHeight * scale)];
    if (element.width !== w || element.height !== h) [element.width, element.height] = [w, h];
    context.setTransform(scale, 0, 0, scale, 0, 0);
    performance.mark("item-grid");
    drawGrid(context, {
      grid,
      statuses,
      mask,
      colours: gridColours(element),
      top: scroller.scrollTop,
      width,
      height: shownHeight,
    });
    performance.measure("item-grid", "item-grid");
  }, [grid, statuses, mask, width, shownHeight]);

  // The theme is in what is drawn, though not in what `draw` is made of.
  useLayoutEffect(draw, [draw, theme]);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    query.addEventListener("change", draw);
    return () => query.removeEventListener("change", draw);
  }, [draw]);

  const reveal = useCallback(
    (index: number) => {
      const scroller = box.current;
      if (scroller === null) return;
      const { y } = placeOf(grid, index);
      if (y < scroller.scrollTop) scroller.scrollTop = y - grid.pitch;
      else if (y + grid.pitch > scroller.scrollTop + shownHeight)
        scroller.scrollTop = y + 2 * grid.pitch - shownHeight;
    },
    [grid, shownHeight],
  );
  useEffect(() => {
    if (selected === undefined) return;
    setCursor(selected);
    reveal(selected);
  }, [selected, reveal]);

  const moveTo = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(total - 1, index));
      setCursor(next);
      setHovered(undefined);
      reveal(next);
      onSelect?.(next);
    },
    [total, reveal, onSelect],
  );

  const jumpTo = useCallback(
    (index: number) => {
      moveTo(index);
      box.current?.focus();
    },
    [moveTo],
  );
  const jump = useCallback(
    (step: 1 | -1) => {
      const found = nextFailed(statuses, at, step, mask);
      if (found !== undefined) jumpTo(found);
    },
    [statuses, at, mask, jumpTo],
  );
  useShortcuts(
    useMemo(() => {
      const group = text.mapRuns.gridKeys;
      return [
        { keys: "n", label: text.mapRuns.nextFailed, group, run: () => jump(1) },
        { keys: "N", label: text.mapRuns.previousFailed, group, run: () => jump(-1) },
      ];
    }, [text, jump]),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const line = grid.columns * grid.perCell;
    const page = Math.max(1, Math.floor(shownHeight / grid.pitch) - 1) * line;
    const cell = at - (at % grid.perCell);
    const targets: Readonly<Record<string, number>> = {
      ArrowRight: cell + grid.perCell,
      ArrowLeft: cell - grid.perCell,
      ArrowDown: cell + line < total ? cell + line : at,
      ArrowUp: cell - line >= 0 ? cell - line : at,
      PageDown: cell + page,
      PageUp: cell - page,
      Home: 0,
      End: total - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) moveTo(target);
    else if (event.key === "Enter" || event.key === " ") press(at);
    else return;
    event.preventDefault();
  };

  const pointed = (event: { readonly clientX: number; readonly clientY: number }) => {
    const element = canvas.current;
    if (element === null) return undefined;
    const { left, top } = element.getBoundingClientRect();
    const y = event.clientY - top + (box.current?.scrollTop ?? 0);
    return itemAt(grid, total, event.clientX - left, y);
  };

  /** A block is first looked at from nearer. */
  const press = (index: number) => {
    setCursor(index);
    if (grid.perCell === 1) onPick(index);
    else {
      changeZoom(zooms[2]);
      onSelect?.(index);
    }
  };

  const words = (index: number): string => {
    if (grid.perCell === 1) {
      const more = describe?.(index);
      const status = text.mapRuns.itemStatus[statusAt(statuses, index)];
      return (
        text.mapRuns.item(format.number(index), status) + (more === undefined ? "" : ` · ${more}`)
      );
    }
    const from = index - (index % grid.perCell);
    const to = Math.min(total, from + grid.perCell);
    const { worst, share } = blockStatus(statuses, from, to);
    const status = text.mapRuns.itemStatus[itemStatuses[worst] ?? "pending"];
    return text.mapRuns.block(
      format.number(from),
      format.number(to - 1),
      status,
      format.percent(share),
    );
  };

  const told = hovered ?? (isFocused ? at : undefined);

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <StatusLegend statuses={statuses} />
        <div className="grow" />
        {grid.perCell > 1 && (
          <span className="text-xs text-dim">
            {text.mapRuns.blocksOf(format.number(grid.perCell))}
          </span>
        )}
        <JumpToItem total={total} onJump={jumpTo} />
        <GridZoom zoom={zoom} grid={grid} onZoom={changeZoom} />
      </div>
      <div className="relative">
        <div
          ref={box}
          role="slider"
          tabIndex={0}
          data-item-grid
          aria-label={text.mapRuns.grid(format.number(total))}
          aria-description={text.mapRuns.gridHint}
          aria-orientation="horizontal"
          aria-valuemin={0}
          aria-valuemax={Math.max(0, total - 1)}
          aria-valuenow={at}
          aria-valuetext={total === 0 ? text.app.none : words(at)}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onScroll={() => {
            setHovered(undefined);
            draw();
          }}
          onPointerMove={(event: PointerEvent) => setHovered(pointed(event))}
          onPointerLeave={() => setHovered(undefined)}
          onClick={(event) => {
            const index = pointed(event);
            if (index !== undefined) press(index);
          }}
          className={`overflow-x-hidden overflow-y-auto outline-offset-4 ${hovered === undefined ? "" : "cursor-pointer"}`}
          style={{ height: shownHeight }}
        >
          <div style={{ height: grid.height }}>
            <canvas
              ref={canvas}
              aria-hidden
              className="sticky top-0 block"
              style={{ width, height: shownHeight }}
            />
          </div>
        </div>
        {told !== undefined && total > 0 && (
          <GridMark
            grid={grid}
            index={told}
            top={box.current?.scrollTop ?? 0}
            width={width}
            height={shownHeight}
          >
            {words(told)}
          </GridMark>
        )}
      </div>
    </div>
  );
}

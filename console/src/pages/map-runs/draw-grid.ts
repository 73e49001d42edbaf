import { itemStatuses, type ItemStatus } from "../../../../src/console/view-types.ts";
import type { GridGeometry } from "./grid-geometry.ts";
import { blockStatus, statusNumber } from "./item-statuses.ts";

export interface GridColours {
  readonly surface: string;
  readonly accent: string;
  readonly text: string;
  readonly statuses: readonly string[];
}

const tokens: Readonly<Record<ItemStatus, string>> = {
  pending: "--line",
  running: "--run",
  succeeded: "--ok",
  failed: "--fail",
  aborted: "--off",
  pendingRedrive: "--wait",
};

/** The colours of the theme that is shown now. */
export function gridColours(element: Element): GridColours {
  const style = getComputedStyle(element);
  const colour = (token: string) => style.getPropertyValue(token).trim();
  return {
    surface: colour("--surface"),
    accent: colour("--accent"),
    text: colour("--text"),
    statuses: itemStatuses.map((status) => colour(tokens[status])),
  };
}

export interface GridView {
  readonly grid: GridGeometry;
  readonly statuses: Uint8Array;
  /** Items that are meant; the others step back. */
  readonly mask?: Uint8Array | undefined;
  readonly colours: GridColours;
  /** What of the grid is in view. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** How faint the cells are that are not meant. */
const backAlpha = 0.18;
/** Our choice: smaller cells have no room for a sign. */
const leastWithSign = 6;

/**
 * Draws the cells that are in view. A status has a form beside its colour: a failed cell is crossed out, a running one is
 * small, an aborted one has a bar. Of 100,000 items only what is in view is drawn.
 */
export function drawGrid(context: CanvasRenderingContext2D, view: GridView): void {
  context.clearRect(0, 0, view.width, view.height);
  if (view.grid.perCell > 1) drawBlocks(context, view);
  else drawCells(context, view);
  context.globalAlpha = 1;
}

function visibleCells({ grid, statuses, top, height }: GridView): {
  readonly from: number;
  readonly to: number;
} {
  const cells = Math.ceil(statuses.length / grid.perCell);
  const from = Math.max(0, Math.floor(top / grid.pitch)) * grid.columns;
  const to = Math.ceil((top + height) / grid.pitch) * grid.columns;
  return { from, to: Math.min(cells, to) };
}

/**
 * One colour after the other, neighbours of one status as one, and the gaps cut out of them afterwards: what takes time is
 * the number of rectangles.
 */
function drawCells(context: CanvasRenderingContext2D, view: GridView): void {
  const { grid, statuses, mask, colours, top } = view;
  const { from, to } = visibleCells(view);
  const size = grid.pitch - grid.gap;
  const running = statusNumber("running");
  const hasSigns = size >= leastWithSign - 1;
  for (const isBack of mask === undefined ? [false] : [true, false]) {
    context.globalAlpha = isBack ? backAlpha : 1;
    const isDrawn = (index: number, status: number): boolean =>
      index < to &&
      statuses[index] === status &&
      (mask === undefined || (mask[index] === 0) === isBack);
    for (const [status, colour] of colours.statuses.entries()) {
      if (status === running && hasSigns) continue;
      context.fillStyle = colour;
      for (let index = from; index < to; index++) {
        if (!isDrawn(index, status)) continue;
        const first = index;
        const lastOfRow = index - (index % grid.columns) + grid.columns - 1;
        while (index < lastOfRow && isDrawn(index + 1, status)) index++;
        const x = (first % grid.columns) * grid.pitch;
        const y = Math.floor(first / grid.columns) * grid.pitch - top;
        context.fillRect(x, y, (index - first) * grid.pitch + size, size);
      }
    }
  }
  context.globalAlpha = 1;
  for (let column = 1; column <= grid.columns; column++) {
    context.clearRect(column * grid.pitch - grid.gap, 0, grid.gap, view.height);
  }
  if (!hasSigns) return;
  drawRunning(context, view, size, from, to);
  drawSigns(context, view, size, from, to);
}

/** Small: not there yet. */
function drawRunning(
  context: CanvasRenderingContext2D,
  { grid, statuses, mask, colours, top }: GridView,
  size: number,
  from: number,
  to: number,
): void {
  const running = statusNumber("running");
  const small = Math.max(2, Math.round(size * 0.55));
  const inset = (size - small) / 2;
  context.fillStyle = colours.statuses[running] ?? "";
  for (let index = from; index < to; index++) {
    if (statuses[index] !== running) continue;
    context.globalAlpha = mask !== undefined && mask[index] === 0 ? backAlpha : 1;
    const x = (index % grid.columns) * grid.pitch;
    const y = Math.floor(index / grid.columns) * grid.pitch - top;
    context.fillRect(x + inset, y + inset, small, small);
  }
  context.globalAlpha = 1;
}

function drawSigns(
  context: CanvasRenderingContext2D,
  { grid, statuses, mask, colours, top }: GridView,
  size: number,
  from: number,
  to: number,
): void {
  const failed = statusNumber("failed");
  const aborted = statusNumber("aborted");
  const again = statusNumber("pendingRedrive");
  const edge = Math.max(1, size * 0.22);
  context.strokeStyle = colours.surface;
  context.lineWidth = size >= 12 ? 2 : 1.25;
  context.beginPath();
  for (let index = from; index < to; index++) {
    const status = statuses[index];
    if (status !== failed && status !== aborted && status !== again) continue;
    if (mask !== undefined && mask[index] === 0) continue;
    const x = (index % grid.columns) * grid.pitch;
    const y = Math.floor(index / grid.columns) * grid.pitch - top;
    if (status === failed) {
      context.moveTo(x + edge, y + edge);
      context.lineTo(x + size - edge, y + size - edge);
      context.moveTo(x + size - edge, y + edge);
      context.lineTo(x + edge, y + size - edge);
    } else if (status === aborted) {
      context.moveTo(x + edge, y + size / 2);
      context.lineTo(x + size - edge, y + size / 2);
    } else {
      context.moveTo(x + size / 2, y + edge);
      context.lineTo(x + size / 2, y + size - edge);
    }
  }
  context.stroke();
}

/** A block is filled as most of it is, and from below, as high as its share, as the worst of it is. */
function drawBlocks(context: CanvasRenderingContext2D, view: GridView): void {
  const { grid, statuses, mask, colours, top } = view;
  const { from, to } = visibleCells(view);
  const size = grid.pitch - grid.gap;
  const failed = statusNumber("failed");
  for (let cell = from; cell < to; cell++) {
    const first = cell * grid.perCell;
    const last = Math.min(statuses.length, first + grid.perCell);
    const { worst, share, rest } = blockStatus(statuses, first, last);
    const x = (cell % grid.columns) * grid.pitch;
    const y = Math.floor(cell / grid.columns) * grid.pitch - top;
    context.globalAlpha = mask !== undefined && !isMarked(mask, first, last) ? backAlpha : 1;
    context.fillStyle = colours.statuses[rest] ?? "";
    context.fillRect(x, y, size, size);
    if (worst === rest) continue;
    const high = Math.max(3, Math.round(size * share));
    context.fillStyle = colours.surface;
    if (worst === failed && high < size) context.fillRect(x, y + size - high - 1, size, 1);
    context.fillStyle = colours.statuses[worst] ?? "";
    context.fillRect(x, y + size - high, size, high);
  }
}

function isMarked(mask: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index++) if (mask[index] === 1) return true;
  return false;
}

/** Our choice: widths of a cell with its gap that may be chosen. */
export const zooms = [4, 6, 9, 13, 18, 24] as const;
/** Our choice: more cells than that are shown as blocks, until somebody comes nearer. */
export const mostCells = 40_000;
const blockPitch = 9;

/** Where the items are: in lines from left to right, one or several to a cell. */
export interface GridGeometry {
  /** From one cell to the next. */
  readonly pitch: number;
  readonly gap: number;
  readonly columns: number;
  readonly rows: number;
  /** Items in a cell. */
  readonly perCell: number;
  readonly height: number;
}

/** `zoom`: the width of a cell that was chosen; absent: as all fits into the box, as blocks if there are too many. */
export function gridGeometry(
  total: number,
  box: { readonly width: number; readonly height: number },
  zoom?: number,
): GridGeometry {
  if (zoom !== undefined) return laidOut(total, box.width, zoom, 1);
  if (total > mostCells) {
    const cells =
      columnsOf(box.width, blockPitch) * Math.max(1, Math.floor(box.height / blockPitch));
    return laidOut(total, box.width, blockPitch, Math.max(2, Math.ceil(total / cells)));
  }
  const fitting = zooms.findLast(
    (pitch) => Math.ceil(total / columnsOf(box.width, pitch)) * pitch <= box.height,
  );
  return laidOut(total, box.width, fitting ?? zooms[1], 1);
}

/** Lines begin at round numbers where that is possible. */
function columnsOf(width: number, pitch: number): number {
  const columns = Math.max(1, Math.floor(width / pitch));
  const round = columns >= 100 ? 10 : columns >= 10 ? 5 : 1;
  return columns - (columns % round);
}

function laidOut(total: number, width: number, pitch: number, perCell: number): GridGeometry {
  const columns = columnsOf(width, pitch);
  const rows = Math.ceil(Math.ceil(total / perCell) / columns);
  return { pitch, gap: pitch >= 13 ? 2 : 1, columns, rows, perCell, height: rows * pitch };
}

/** The first item of the cell at a point; `undefined` where there is none. */
export function itemAt(
  grid: GridGeometry,
  total: number,
  x: number,
  y: number,
): number | undefined {
  const column = Math.floor(x / grid.pitch);
  const row = Math.floor(y / grid.pitch);
  if (column < 0 || row < 0 || column >= grid.columns) return undefined;
  const index = (row * grid.columns + column) * grid.perCell;
  return index < total ? index : undefined;
}

/** The upper left corner of the cell that an item is in. */
export function placeOf(
  grid: GridGeometry,
  index: number,
): { readonly x: number; readonly y: number } {
  const cell = Math.floor(index / grid.perCell);
  return {
    x: (cell % grid.columns) * grid.pitch,
    y: Math.floor(cell / grid.columns) * grid.pitch,
  };
}

import { placeOf, type GridGeometry } from "./grid-geometry.ts";

/** The frame around a cell and what is said of it. */
export function GridMark({
  grid,
  index,
  top,
  width,
  height,
  children,
}: {
  readonly grid: GridGeometry;
  readonly index: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly children: string;
}) {
  const place = placeOf(grid, index);
  const y = place.y - top;
  if (y < -grid.pitch || y > height) return null;
  const size = grid.pitch - grid.gap;
  const isRight = place.x > width / 2;
  const isLow = y > height - 40 && y > 40;
  return (
    <div aria-hidden className="pointer-events-none absolute inset-0">
      <div
        className="absolute rounded-[2px] outline-2 outline-text"
        style={{ left: place.x - 1, top: y - 1, width: size + 2, height: size + 2 }}
      />
      <div
        className="absolute max-w-[min(28rem,80%)] truncate rounded-md bg-text px-2 py-1 text-xs text-bg shadow-high"
        style={{
          ...(isRight ? { right: width - place.x - size } : { left: place.x }),
          ...(isLow ? { bottom: height - y + 6 } : { top: y + size + 6 }),
        }}
      >
        {children}
      </div>
    </div>
  );
}

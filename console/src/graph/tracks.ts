/** An edge on its way through the gap between two bands: from `top` across to `bottom`. */
export interface Crossover {
  readonly top: number;
  readonly bottom: number;
}

/** Pieces nearer than this at the sides do not share a track. */
const clearance = 10;

/**
 * A track for each horizontal piece in a gap, counted from above, so that no two pieces lie on each
 * other and few cross.
 */
export function assignTracks(pieces: readonly Crossover[]): number[] {
  const above: number[][] = pieces.map(() => []);
  const near: number[][] = pieces.map(() => []);
  for (const [i, a] of pieces.entries()) {
    for (let j = i + 1; j < pieces.length; j++) {
      const b = pieces[j];
      if (!b || !overlap(a, b)) continue;
      near[i]?.push(j);
      near[j]?.push(i);
      if (crossings(a, b) <= crossings(b, a)) above[j]?.push(i);
      else above[i]?.push(j);
    }
  }
  const tracks = Array.from({ length: pieces.length }, () => -1);
  for (const piece of topological(above)) {
    let track = Math.max(-1, ...(above[piece] ?? []).map((other) => tracks[other] ?? -1)) + 1;
    // Where three pieces each want to lie above the next, the last one takes the nearest free track.
    while ((near[piece] ?? []).some((other) => tracks[other] === track)) track++;
    tracks[piece] = track;
  }
  return tracks;
}

function overlap(a: Crossover, b: Crossover): boolean {
  return (
    Math.min(a.top, a.bottom) < Math.max(b.top, b.bottom) + clearance &&
    Math.min(b.top, b.bottom) < Math.max(a.top, a.bottom) + clearance
  );
}

/** How often two edges cross if the piece of `upper` lies above that of `lower`. */
function crossings(upper: Crossover, lower: Crossover): number {
  return Number(isWithin(upper.bottom, lower)) + Number(isWithin(lower.top, upper));
}

function isWithin(x: number, { top, bottom }: Crossover): boolean {
  return x >= Math.min(top, bottom) && x <= Math.max(top, bottom);
}

/** Each number after those that its list names, as far as the lists form no circle. */
function topological(before: readonly (readonly number[])[]): number[] {
  const order: number[] = [];
  const seen = new Set<number>();
  for (const root of before.keys()) {
    const open = [{ number: root, next: 0 }];
    if (seen.has(root)) continue;
    seen.add(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = before[top.number]?.[top.next++];
      if (next === undefined) {
        order.push(top.number);
        open.pop();
      } else if (!seen.has(next)) {
        seen.add(next);
        open.push({ number: next, next: 0 });
      }
    }
  }
  return order;
}

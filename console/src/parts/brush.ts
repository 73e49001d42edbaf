/** A run of places along an axis, as it is being chosen: `end` may be before `anchor`, where it was begun. */
export interface Brush {
  readonly anchor: number;
  readonly end: number;
}

/**
 * What a key does to it: the arrows move one place, with Shift they stretch it; Home and End go to the ends.
 * `undefined`: the key means nothing here. What is not chosen yet begins at the newest place.
 */
export function brushedByKey(
  brush: Brush | undefined,
  { key, shiftKey }: { readonly key: string; readonly shiftKey: boolean },
  places: number,
): Brush | undefined {
  const last = places - 1;
  const from = brush?.end ?? last;
  const targets: Readonly<Record<string, number>> = {
    ArrowLeft: brush === undefined ? last : from - 1,
    ArrowRight: from + 1,
    Home: 0,
    End: last,
  };
  const target = targets[key];
  if (target === undefined || places === 0) return undefined;
  const end = Math.max(0, Math.min(last, target));
  return { anchor: shiftKey && brush !== undefined ? brush.anchor : end, end };
}

/** Its first and its last place. */
export function endsOf({ anchor, end }: Brush): readonly [first: number, last: number] {
  return [Math.min(anchor, end), Math.max(anchor, end)];
}

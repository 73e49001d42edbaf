import type { Run } from "./run.ts";

/**
 * A stable merge sort. `isAfter(a, b)` says whether `a` belongs after `b`.
 *
 * The order of comparisons is that of the package, so that a comparison function that contradicts itself gives
 * the same order here.
 */
export function mergeSort<T>(items: readonly T[], isAfter: (a: T, b: T) => boolean, run: Run): T[] {
  if (items.length <= 1) return [...items];
  const middle = Math.floor(items.length / 2);
  const left = mergeSort(items.slice(0, middle), isAfter, run);
  const right = mergeSort(items.slice(middle), isAfter, run);
  run.spend(items.length);
  const merged: T[] = [];
  let l = 0;
  let r = 0;
  while (l < left.length && r < right.length) {
    if (isAfter(left[l] as T, right[r] as T)) merged.push(right[r++] as T);
    else merged.push(left[l++] as T);
  }
  while (l < left.length) merged.push(left[l++] as T);
  while (r < right.length) merged.push(right[r++] as T);
  return merged;
}

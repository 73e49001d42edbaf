/** Items in the order of `compare`, which never calls two of them equal. */
export interface SortedList<T> {
  readonly items: readonly T[];
  add(item: T): void;
  remove(item: T): void;
  /** The index of the first item for which `isAfter` holds; it must hold for every one that follows. */
  firstIndex(isAfter: (item: T) => boolean): number;
}

/** An array kept in order: adding at the end, which is the usual case, costs a comparison. */
export function createSortedList<T>(compare: (left: T, right: T) => number): SortedList<T> {
  const items: T[] = [];

  function firstIndex(isAfter: (item: T) => boolean): number {
    let low = 0;
    let high = items.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAfter(items[middle] as T)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    items,
    firstIndex,
    add(item) {
      const last = items.at(-1);
      if (last === undefined || compare(last, item) < 0) items.push(item);
      else
        items.splice(
          firstIndex((other) => compare(other, item) > 0),
          0,
          item,
        );
    },
    remove(item) {
      const index = firstIndex((other) => compare(other, item) >= 0);
      if (items[index] === item) items.splice(index, 1);
    },
  };
}

/** Java's `HashMap` doubles its table when it is fuller than this. */
const loadFactor = 0.75;
const initialCapacity = 16;

/**
 * The order in which a Java `HashMap` lists these names, as their indexes.
 *
 * *Observed*: the columns `0,True,{}` of a CSV file come out as `0`, `{}`, `True`, which is that order and no other
 * that comes to mind; so it is what a child's input shows.
 */
export function hashMapOrder(names: readonly string[]): readonly number[] {
  let capacity = initialCapacity;
  while (names.length > capacity * loadFactor) capacity *= 2;
  const buckets = names.map((name) => {
    const hash = hashCode(name);
    return (hash ^ (hash >>> 16)) & (capacity - 1);
  });
  return names
    .map((_, index) => index)
    .sort((a, b) => (buckets[a] as number) - (buckets[b] as number) || a - b);
}

/** Java's `String.hashCode`. */
function hashCode(text: string): number {
  let hash = 0;
  for (let index = 0; index < text.length; index++) {
    hash = (Math.imul(hash, 31) + text.charCodeAt(index)) | 0;
  }
  return hash;
}

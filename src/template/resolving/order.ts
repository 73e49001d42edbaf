/**
 * Names so that each comes after all that it depends on, otherwise in the order in which they are given; or the names of a
 * circle, of which none can be the first.
 */
export function inOrderOfDependencies(
  dependencies: ReadonlyMap<string, readonly string[]>,
): { readonly order: readonly string[] } | { readonly circle: readonly string[] } {
  const left = new Map([...dependencies].map(([name, others]) => [name, new Set(others)]));
  const order: string[] = [];
  while (left.size > 0) {
    const ready = [...left].filter(([, others]) => others.size === 0).map(([name]) => name);
    if (ready.length === 0) return { circle: circleIn(left) };
    for (const name of ready) left.delete(name);
    for (const others of left.values()) for (const name of ready) others.delete(name);
    order.push(...ready);
  }
  return { order };
}

/** Goes from dependency to dependency, each of which has one, until it comes to one for the second time. */
function circleIn(left: ReadonlyMap<string, ReadonlySet<string>>): readonly string[] {
  const way: string[] = [];
  let [name] = left.keys();
  while (name !== undefined && !way.includes(name)) {
    way.push(name);
    [name] = left.get(name) ?? [];
  }
  return name === undefined ? way : way.slice(way.indexOf(name));
}

/**
 * The object with its members in the order of `names`, which are all of its names.
 *
 * JavaScript puts members whose names are whole numbers first, in the order of the numbers, whatever order they were set
 * in. An object in which that changes the order is wrapped into one that lists its names as they were; all others, and
 * those are nearly all, are given back as they are.
 */
export function inOrder<T extends object>(object: T, names: readonly string[]): T {
  return isReordered(names) ? (new Proxy(object, new Order(names)) as T) : object;
}

/** Whether JavaScript would list these names in another order than this. */
export function isReordered(names: readonly string[]): boolean {
  let last = -1;
  let others = false;
  for (const name of names) {
    const first = name.charCodeAt(0);
    const index = first >= zero && first <= nine ? arrayIndex(name) : undefined;
    if (index === undefined) others = true;
    else if (others || index < last) return true;
    else last = index;
  }
  return false;
}

const zero = 0x30;
const nine = 0x39;
/** ECMAScript: the names that are ordered by number are those of array indexes, up to 2^32 - 2. */
const greatestIndex = 2 ** 32 - 2;

function arrayIndex(name: string): number | undefined {
  const index = Number(name);
  return index <= greatestIndex && String(index) === name ? index : undefined;
}

/** Lists an object's names: those that it was made with in their order, then any that were added. */
class Order implements ProxyHandler<object> {
  readonly #names: readonly string[];

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  ownKeys(target: object): (string | symbol)[] {
    const left = new Set(Reflect.ownKeys(target));
    const known = this.#names.filter((name) => left.delete(name));
    return [...known, ...left];
  }
}

/** Documented: quotas, state names. */
export const longestName = 80;

/** The name, or the name with a number that no state has: AWS wants names unique in the whole definition. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  const name = cut(wanted.trim() === "" ? "State" : wanted, longestName);
  if (!taken.has(name)) return name;
  const base = name.replace(/ \(\d+\)$/, "");
  for (let count = 2; ; count++) {
    const end = ` (${count})`;
    const numbered = cut(base, longestName - end.length) + end;
    if (!taken.has(numbered)) return numbered;
  }
}

/** As many characters as the service counts: code points. */
function cut(name: string, length: number): string {
  const characters = [...name];
  return characters.length <= length ? name : characters.slice(0, length).join("");
}

/** Free names for several, each also free of the others'. */
export function freeNames(
  wanted: Iterable<string>,
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const used = new Set(taken);
  const names = new Map<string, string>();
  for (const each of wanted) {
    const name = freeName(each, used);
    used.add(name);
    names.set(each, name);
  }
  return names;
}

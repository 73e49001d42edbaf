/** Our choice: as many letters may be wrong of a name that is taken for another one. */
const mostWrong = 2;
const mostNames = 2_000;

/** The one of the names that was probably meant, if one is near. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  if (written === "") return undefined;
  const small = written.toLowerCase();
  let best: string | undefined;
  let least = Math.min(mostWrong, Math.floor(written.length / 3)) + 1;
  for (const name of names.slice(0, mostNames)) {
    if (name === written || Math.abs(name.length - written.length) >= least) continue;
    const wrong = distance(small, name.toLowerCase(), least);
    if (wrong < least) [best, least] = [name, wrong];
  }
  return best;
}

/** How many letters have to be changed, added or taken away; `most` and more are not told apart. */
function distance(a: string, b: string, most: number): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = (row[j - 1] ?? 0) + (a.charAt(i - 1) === b.charAt(j - 1) ? 0 : 1);
      next.push(Math.min(same, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) >= most) return most;
    row = next;
  }
  return row[b.length] ?? most;
}

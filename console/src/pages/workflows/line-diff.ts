/** A line of two texts together; its numbers are those that it has in each, from 1. */
export interface DiffLine {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
  readonly left?: number;
  readonly right?: number;
}

/** Our choice: a table of so many cells takes a blink; what differs more is shown as replaced altogether. */
const mostCells = 8_000_000;

/** The least that has to be removed from `left` and added to get `right`, line by line. */
export function lineDiff(left: string, right: string): readonly DiffLine[] {
  const [a, b] = [left.split("\n"), right.split("\n")];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end++;
  }
  const lines: DiffLine[] = [];
  let [i, j] = [0, 0];
  const same = () => lines.push({ kind: "same", text: a[i] ?? "", left: ++i, right: ++j });
  const remove = () => lines.push({ kind: "removed", text: a[i] ?? "", left: ++i });
  const add = () => lines.push({ kind: "added", text: b[j] ?? "", right: ++j });

  while (i < start) same();
  const [rows, columns] = [a.length - end - start, b.length - end - start];
  if (rows * columns <= mostCells) {
    const common = commonLengths(a.slice(start, start + rows), b.slice(start, start + columns));
    const width = columns + 1;
    while (i - start < rows && j - start < columns) {
      const cell = (i - start) * width + (j - start);
      if (a[i] === b[j]) same();
      else if ((common[cell + width] ?? 0) >= (common[cell + 1] ?? 0)) remove();
      else add();
    }
  }
  while (i < a.length - end) remove();
  while (j < b.length - end) add();
  while (i < a.length) same();
  return lines;
}

/** At [i, j], the length of the longest common subsequence of what follows there. */
function commonLengths(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const cell = i * width + j;
      lengths[cell] =
        a[i] === b[j]
          ? (lengths[cell + width + 1] ?? 0) + 1
          : Math.max(lengths[cell + width] ?? 0, lengths[cell + 1] ?? 0);
    }
  }
  return lengths;
}

/** Lines that are the same, beyond a few around each change, as one piece that may be opened. */
export interface DiffPiece {
  readonly isFolded: boolean;
  readonly lines: readonly DiffLine[];
}

const linesAround = 3;

export function foldedDiff(lines: readonly DiffLine[]): readonly DiffPiece[] {
  const isNear = lines.map(() => false);
  for (const [index, { kind }] of lines.entries()) {
    if (kind === "same") continue;
    isNear.fill(true, Math.max(0, index - linesAround), index + linesAround + 1);
  }
  const pieces: { isFolded: boolean; lines: DiffLine[] }[] = [];
  for (const [index, line] of lines.entries()) {
    const isFolded = isNear[index] !== true;
    const last = pieces.at(-1);
    if (last?.isFolded === isFolded) last.lines.push(line);
    else pieces.push({ isFolded, lines: [line] });
  }
  return pieces;
}

/** Lines side by side: what was removed is beside what was added in its place. */
export function sideBySide(
  lines: readonly DiffLine[],
): readonly { readonly left?: DiffLine; readonly right?: DiffLine }[] {
  const rows: { left?: DiffLine; right?: DiffLine }[] = [];
  let removed: DiffLine[] = [];
  let added: DiffLine[] = [];
  const flush = () => {
    for (let index = 0; index < Math.max(removed.length, added.length); index++) {
      const [left, right] = [removed[index], added[index]];
      rows.push({ ...(left && { left }), ...(right && { right }) });
    }
    removed = [];
    added = [];
  };
  for (const line of lines) {
    if (line.kind === "removed") removed.push(line);
    else if (line.kind === "added") added.push(line);
    else {
      flush();
      rows.push({ left: line, right: line });
    }
  }
  flush();
  return rows;
}

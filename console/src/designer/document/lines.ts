/** How the text ends its lines. */
export function eolOf(text: string): string {
  const at = text.indexOf("\n");
  return at > 0 && text.charAt(at - 1) === "\r" ? "\r\n" : "\n";
}

export function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf("\n", at - 1) + 1;
}

/** The end of the line, without what ends it. */
export function lineEnd(text: string, at: number): number {
  const found = text.indexOf("\n", at);
  if (found < 0) return text.length;
  return found > at && text.charAt(found - 1) === "\r" ? found - 1 : found;
}

/** The blanks that the line of the place begins with. */
export function indentOf(text: string, at: number): string {
  const start = lineStart(text, at);
  let end = start;
  while (isBlank(text, end)) end++;
  return text.slice(start, end);
}

export function columnOf(text: string, at: number): number {
  return at - lineStart(text, at);
}

/** Whether nothing but blanks is before the place on its line. */
export function isFirstOnLine(text: string, at: number): boolean {
  return lineStart(text, at) + indentOf(text, at).length >= at;
}

/** Whether the part has more than one line. */
export function isMultiline(text: string, from: number, to: number): boolean {
  const found = text.indexOf("\n", from);
  return found >= 0 && found < to;
}

/** Lines with another indent in front of all but the first, and the line ends of where they go. */
export function reindented(lines: string, from: string, to: string, eol: string): string {
  const [first = "", ...rest] = lines.split(/\r?\n/);
  const moved = rest.map((line) => {
    if (line.trim() === "") return "";
    if (line.startsWith(from)) return to + line.slice(from.length);
    return to + line.trimStart();
  });
  return [first, ...moved].join(eol);
}

function isBlank(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character === " " || character === "\t";
}

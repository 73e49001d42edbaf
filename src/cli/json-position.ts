/**
 * Where in a JSON text the field is that `segments` lead to from the root: the offset of its name, or of the element in
 * an array. The text has been parsed before, so that it is known to be JSON. Where a name is repeated, its last place
 * counts, as it does for the parser.
 */
export function jsonPosition(source: string, segments: readonly (string | number)[]): number {
  let position = skipSpace(source, 0);
  let value = position;
  for (const segment of segments) {
    const found =
      typeof segment === "number"
        ? element(source, value, segment)
        : member(source, value, segment);
    if (found === undefined) return position;
    position = found.position;
    value = found.value;
  }
  return position;
}

interface Place {
  readonly position: number;
  readonly value: number;
}

function member(source: string, object: number, name: string): Place | undefined {
  if (source[object] !== "{") return undefined;
  let found: Place | undefined;
  let at = skipSpace(source, object + 1);
  while (source[at] === '"') {
    const nameEnd = endOfString(source, at);
    // The colon is one character between two runs of white space.
    const value = skipSpace(source, skipSpace(source, nameEnd) + 1);
    if (JSON.parse(source.slice(at, nameEnd)) === name) found = { position: at, value };
    at = afterComma(source, endOfValue(source, value));
  }
  return found;
}

function element(source: string, array: number, index: number): Place | undefined {
  if (source[array] !== "[") return undefined;
  let at = skipSpace(source, array + 1);
  for (let count = 0; count < index && source[at] !== "]"; count++) {
    at = afterComma(source, endOfValue(source, at));
  }
  return source[at] === "]" ? undefined : { position: at, value: at };
}

function afterComma(source: string, end: number): number {
  const at = skipSpace(source, end);
  return source[at] === "," ? skipSpace(source, at + 1) : at;
}

function endOfValue(source: string, start: number): number {
  const first = source[start];
  if (first === '"') return endOfString(source, start);
  if (first !== "{" && first !== "[") return match(/[^\s,\]}]*/y, source, start);
  let depth = 0;
  for (let at = start; ; at++) {
    const character = source[at];
    if (character === '"') at = endOfString(source, at) - 1;
    else if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") {
      if (--depth === 0) return at + 1;
    } else if (character === undefined) return at;
  }
}

function endOfString(source: string, start: number): number {
  return match(/"(?:[^"\\]|\\.)*"/sy, source, start);
}

function skipSpace(source: string, at: number): number {
  return match(/\s*/y, source, at);
}

function match(pattern: RegExp, source: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(source) ? pattern.lastIndex : source.length;
}

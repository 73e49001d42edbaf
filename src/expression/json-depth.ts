/** How deep objects and arrays may be nested. Our choice: the limit of the service's own JSON parser, Jackson. */
export const maximumJsonDepth = 1000;

/**
 * Whether a JSON text has arrays and objects in each other to more than `limit` levels.
 *
 * `JSON.parse` takes any depth, but what then walks the value (`JSON.stringify` too) would run out of
 * stack. Linear, and most texts are too short to be looked at: each level takes a character to open and one to close.
 */
export function isNestedDeeperThan(text: string, limit: number): boolean {
  if (text.length <= 2 * limit) return false;
  let depth = 0;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (character === '"') {
      index = endOfString(text, index);
      if (index < 0) return false;
    } else if (character === "[" || character === "{") {
      if (++depth > limit) return true;
    } else if (character === "]" || character === "}") depth--;
  }
  return false;
}

const backslash = 0x5c;

/** Where the closing quote of the string is that begins at `start`; -1 if there is none. */
export function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end > 0 && text.charCodeAt(end - 1) === backslash) {
    let first = end - 1;
    while (text.charCodeAt(first - 1) === backslash) first--;
    if ((end - first) % 2 === 0) break;
    end = text.indexOf('"', end + 1);
  }
  return end;
}

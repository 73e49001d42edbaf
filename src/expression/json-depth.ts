/**
 * Whether a JSON text has arrays and objects in each other to more than `limit` levels.
 *
 * `JSON.parse` takes any depth, but what then walks the value (`JSON.stringify` too) would run out of
 * stack. Linear, and most texts are too short to be looked at.
 */
export function isNestedDeeperThan(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text.charAt(index);
    if (inString) {
      if (character === "\\") index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "[" || character === "{") {
      if (++depth > limit) return true;
    } else if (character === "]" || character === "}") depth--;
  }
  return false;
}

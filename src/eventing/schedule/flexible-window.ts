/** *Documented*: `MaximumWindowInMinutes`. */
export const longestWindowMinutes = 1440;

/**
 * How long after its tick a schedule with a flexible window runs, in milliseconds: within the window, and the same whoever asks, so that
 * another node of a cluster comes to the same. AWS chooses at random. Our choice: whole seconds, by FNV-1a over the schedule and the tick.
 */
export function flexibleDelay(scheduleArn: string, tick: number, windowMinutes: number): number {
  let hash = 0x811c9dc5;
  for (const character of `${scheduleArn}@${tick}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  // The low bits of FNV hardly mix what came last.
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b) >>> 0;
  hash = (hash ^ (hash >>> 13)) >>> 0;
  const seconds = windowMinutes * 60;
  return seconds === 0 ? 0 : (hash % seconds) * 1000;
}

/** Our choice: who has not touched the page for so long may not be at it. */
const awayMs = 60_000;

let touchedAt = performance.now();

/** Notes when somebody does something with the page. */
export function noteTouches(): void {
  for (const type of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
    addEventListener(type, () => (touchedAt = performance.now()), { capture: true, passive: true });
  }
}

/**
 * What goes with a request that the page makes by itself, while nobody is at it: it is no use of the session, which would never end
 * in a tab that was left open.
 */
export function backgroundHeaders(): { readonly [name: string]: string } {
  return performance.now() - touchedAt < awayMs ? {} : { "x-stepwell-background": "1" };
}

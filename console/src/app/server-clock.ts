/** How far the server's clock is ahead of this browser's; what is shown counts by the server's. */
let ahead = 0;

export function setServerClock(now: number): void {
  ahead = now - Date.now();
}

export function serverNow(): number {
  return Date.now() + ahead;
}

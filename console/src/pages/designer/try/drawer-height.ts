import { store, stored } from "../../../app/preferences.ts";

/** Pixels. Our choice: a few lines of a document, and most of a window. */
export const leastHeight = 200;
const usualHeight = 380;

/** The height that was chosen last. */
export function firstHeight(): number {
  const kept = Number(stored("tryHeight"));
  return Number.isFinite(kept) && kept >= leastHeight ? kept : usualHeight;
}

export function keepHeight(height: number): void {
  store("tryHeight", String(Math.round(height)));
}

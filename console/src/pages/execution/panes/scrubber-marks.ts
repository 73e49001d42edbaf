import type { Catalogue } from "../../../i18n/catalogue.ts";
import type { RunMark } from "./run-marks.ts";

/** Small strokes where states were entered, larger ones where something failed; one for each pixel. */
export function tickPaths(
  marks: readonly RunMark[],
  lastEventId: number,
  width: number,
): { readonly entered: string; readonly failed: string } {
  const entered = new Set<number>();
  const failed = new Set<number>();
  for (const { id, what, visit } of marks) {
    const x = Math.round(((id - 1) / Math.max(1, lastEventId - 1)) * width);
    if (what === "failed") failed.add(x);
    else if (what === "entered")
      (visit.status === "failed" && visit.type === "Fail" ? failed : entered).add(x);
  }
  const path = (places: ReadonlySet<number>, top: number, height: number) =>
    [...places].map((x) => `M${x + 0.5},${top}v${height}`).join("");
  return { entered: path(entered, 8, 8), failed: path(failed, 5, 14) };
}

/** The event itself, or the last one before it that the states tell of. */
export function whatHappened(
  mark: RunMark | undefined,
  eventId: number,
  text: Catalogue,
  number: (value: number) => string,
): string {
  if (mark === undefined) return text.run.what.started;
  const { what, visit, number: attempt = 1 } = mark;
  const said = text.run.what[what](visit.name, number(attempt));
  return mark.id === eventId ? said : text.run.what.after(said);
}

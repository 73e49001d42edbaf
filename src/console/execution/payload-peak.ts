import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { PayloadPeak } from "../view-types.ts";

/** The largest document that states were given or gave, so far: what comes nearest to the limit of 256 KiB. */
export class PeakOfPayloads {
  #peak: PayloadPeak | undefined;

  get peak(): PayloadPeak | undefined {
    return this.#peak;
  }

  note(event: JournalEvent): void {
    if (!/State(?:Entered|Exited)$|^Execution(?:Started|Succeeded)$/.test(event.type)) return;
    if (!("payload" in event) || event.payload === undefined) return;
    const most = this.#peak?.bytes ?? 0;
    // A character takes at most three bytes: most documents need not be counted.
    if (event.payload.text.length * 3 <= most) return;
    const { bytes } = event.payload;
    if (bytes > most) this.#peak = { bytes, eventId: event.id };
  }
}

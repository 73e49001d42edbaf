/** An event of a history as GetExecutionHistory shows it; `timestamp` is in seconds. */
export interface PublicEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: string]: unknown;
}

export interface HistoryFile {
  /** By their ids, each once. */
  readonly events: readonly PublicEvent[];
  /** Events are missing before or between these: it is a page of a history, or was cut. */
  readonly hasGaps: boolean;
}

/** Why a file is no history: said in the reader's language by whoever shows it. */
export type HistoryFault = "notJson" | "noEvents" | "tooMany";

export class UnreadableHistory extends Error {
  override readonly name = "UnreadableHistory";
  readonly fault: HistoryFault;

  constructor(fault: HistoryFault) {
    super(`the file is no history: ${fault}`);
    this.fault = fault;
  }
}

/** Our choice: ten times what AWS keeps of one execution. */
export const mostImportedEvents = 250_000;

/**
 * Reads a history that was saved: GetExecutionHistory's answer, by AWS's command line (times are texts), its API or this
 * server (times are seconds), in either order; or the array of events alone.
 */
export function readHistory(text: string): HistoryFile {
  const found = eventsIn(parsed(text));
  if (found === undefined || found.length === 0) throw new UnreadableHistory("noEvents");
  if (found.length > mostImportedEvents) throw new UnreadableHistory("tooMany");
  const byId = new Map<number, Record<string, unknown>>();
  for (const event of found) {
    const id = numberOf(event["id"]);
    if (!Number.isSafeInteger(id) || id < 1 || typeof event["type"] !== "string") {
      throw new UnreadableHistory("noEvents");
    }
    byId.set(id, event);
  }
  const ids = [...byId.keys()].sort((a, b) => a - b);
  let seconds = 0;
  const events = ids.map((id): PublicEvent => {
    const event = byId.get(id) as Record<string, unknown>;
    // One that cannot be read is as late as the one before it.
    seconds = secondsOf(event["timestamp"]) ?? seconds;
    const previous = numberOf(event["previousEventId"]);
    return {
      ...event,
      id,
      previousEventId: Number.isSafeInteger(previous) ? previous : 0,
      timestamp: seconds,
      type: event["type"] as string,
    };
  });
  return { events, hasGaps: ids.at(-1) !== ids.length };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, "")) as unknown;
  } catch {
    throw new UnreadableHistory("notJson");
  }
}

function eventsIn(value: unknown): readonly Record<string, unknown>[] | undefined {
  const events = Array.isArray(value) ? value : isObject(value) ? value["events"] : undefined;
  if (!Array.isArray(events) || !events.every(isObject)) return undefined;
  return events;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Seconds since the epoch have ten digits, milliseconds thirteen. */
const mostSeconds = 1e11;

function secondsOf(timestamp: unknown): number | undefined {
  if (typeof timestamp === "number" && Number.isFinite(timestamp) && timestamp >= 0) {
    return timestamp < mostSeconds ? timestamp : timestamp / 1_000;
  }
  if (typeof timestamp !== "string") return undefined;
  const milliseconds = Date.parse(timestamp);
  return Number.isNaN(milliseconds) ? undefined : milliseconds / 1_000;
}

/** Some tools write numbers as texts; `NaN` for what is neither. */
export function numberOf(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}

/** The one member of an event that has its details. */
export function eventDetails(event: PublicEvent): Readonly<Record<string, unknown>> {
  for (const [name, details] of Object.entries(event)) {
    if (name.endsWith("EventDetails") && isObject(details)) return details;
  }
  return {};
}

import type { StreamFrame, StreamStart } from "../../../src/console/view-types.ts";
import {
  stillHereMs,
  type FromHub,
  type StreamState,
  type TabPort,
  type ToHub,
  type Wanted,
} from "./live-messages.ts";
import { StreamTopics } from "./stream-topics.ts";

/** What is used of an `EventSource`. */
export interface Source {
  addEventListener(type: string, listener: (event: Event) => void): void;
  close(): void;
}

/** After so many failures in a row, tabs ask for what they show every few seconds. */
const failuresBeforePolling = 3;
/** Until a stream is asked for again; longer while tabs poll. */
const retryMs = 1_000;
const retryWhilePollingMs = 2_000;
/** A page that is left and the next one change what is wanted at once: that is one other stream, not two. */
const settleMs = 20;
/** Our choice: hidden tabs may speak once a minute only; what is silent for longer is frozen, or gone without a word. */
const goneAfterMs = 150_000;
/** Our choice: what waits for a paused tab is counted up to here. */
const mostCounted = 1_000;

interface Tab {
  wanted: Wanted;
  heardAt: number;
  /** What has changed while it is paused. */
  readonly missedRows: Set<string>;
  missedEvents: number;
}

/** Holds the one stream of all tabs: asks for what any of them shows, and tells each what it shows. */
export class StreamHub {
  readonly #open: (query: string) => Source;
  readonly #tabs = new Map<TabPort, Tab>();
  readonly #topics = new StreamTopics();
  #source: Source | undefined;
  #state: StreamState = "connecting";
  #build: string | undefined;
  #failures = 0;
  /** Since the stream broke something may have changed that no topic tells. */
  #wasCut = false;
  #opening: ReturnType<typeof setTimeout> | undefined;
  #sweeping: ReturnType<typeof setInterval> | undefined;

  constructor(open: (query: string) => Source) {
    this.#open = open;
  }

  receive(port: TabPort, message: ToHub): void {
    if (message.type === "leave") this.#tabs.delete(port);
    else this.#hear(port, message);
    this.#follow();
  }

  #hear(port: TabPort, wanted: Wanted): void {
    const known = this.#tabs.get(port);
    const tab = known ?? { wanted, heardAt: 0, missedRows: new Set(), missedEvents: 0 };
    const before = new Set(known?.wanted.execution.map(({ arn }) => arn));
    // What it has read is older than what the others have been told: it is not told that again.
    const isBehind = wanted.execution.some(
      ({ arn, from }) => !before.has(arn) && from < (this.#topics.toldOf(arn) ?? 0),
    );
    tab.wanted = wanted;
    tab.heardAt = Date.now();
    if (!wanted.isPaused) {
      tab.missedRows.clear();
      tab.missedEvents = 0;
    }
    this.#tabs.set(port, tab);
    if (known === undefined && this.#build !== undefined) {
      port.postMessage({ type: "build", build: this.#build });
    }
    if (isBehind) port.postMessage({ type: "frame", frame: { topic: "reload" } });
  }

  /** Has the stream tell what is wanted now. */
  #follow(): void {
    const isOther = this.#topics.take([...this.#tabs.values()].map(({ wanted }) => wanted));
    if (this.#tabs.size === 0) return this.#end();
    this.#sweeping ??= setInterval(() => this.#sweep(), stillHereMs);
    // What is known of the stream is also the answer that a tab hears somebody is there.
    for (const port of this.#tabs.keys()) this.#tellState(port);
    const isWaiting = this.#opening !== undefined;
    if (isWaiting || (this.#source !== undefined && !isOther)) return;
    this.#openIn(settleMs);
  }

  #openIn(ms: number): void {
    this.#opening = setTimeout(() => {
      this.#opening = undefined;
      this.#start();
    }, ms);
  }

  #start(): void {
    this.#source?.close();
    const source = this.#open(this.#topics.query);
    this.#source = source;
    let isFirst = true;
    source.addEventListener("open", () => {
      this.#failures = 0;
      this.#become("live");
    });
    source.addEventListener("error", () => {
      // The browser's own next try would ask for what was told long ago.
      source.close();
      this.#source = undefined;
      this.#failures++;
      this.#wasCut = true;
      const isPolling = this.#failures >= failuresBeforePolling;
      this.#become(isPolling ? "polling" : "reconnecting");
      clearTimeout(this.#opening);
      this.#openIn(isPolling ? retryWhilePollingMs : retryMs);
    });
    source.addEventListener("start", (event) => {
      this.#begin(parsed<StreamStart>(event));
    });
    source.addEventListener("message", (event) => {
      const frame = parsed<StreamFrame>(event);
      if (isFirst && frame.topic === "reload") this.#beginAnew();
      else this.#tell(frame);
      isFirst = false;
    });
  }

  #begin({ build, at }: StreamStart): void {
    this.#build = build;
    this.#tellAll({ type: "build", build });
    if (at !== undefined) {
      this.#topics.rowsAt = this.#topics.executions ? at : undefined;
      return;
    }
    // Rows go on from where they were. Who shows none may show what no topic tells.
    if (this.#wasCut) this.#reload(({ executions }) => !executions);
    this.#wasCut = false;
  }

  /** Nothing is known of what happened before this stream: after a cut that is all, else the rows that nobody followed. */
  #beginAnew(): void {
    const wasCut = this.#wasCut;
    this.#reload(({ executions }) => wasCut || executions);
    this.#wasCut = false;
  }

  #reload(isFor: (wanted: Wanted) => boolean): void {
    for (const [port, { wanted }] of this.#tabs) {
      // A paused tab reads anew when it is shown, whatever it is told.
      if (!wanted.isPaused && isFor(wanted)) {
        port.postMessage({ type: "frame", frame: { topic: "reload" } });
      }
    }
  }

  #tell(frame: StreamFrame): void {
    if (frame.topic === "reload") return this.#reload(() => true);
    let events = 0;
    if (frame.topic === "executions") this.#topics.rowsAt = frame.at ?? this.#topics.rowsAt;
    else events = this.#topics.told(frame.change.executionArn, frame.change.lastEventId);
    for (const [port, tab] of this.#tabs) {
      if (!isMeant(frame, tab.wanted)) continue;
      if (tab.wanted.isPaused) count(port, tab, frame, events);
      else port.postMessage({ type: "frame", frame });
    }
  }

  #become(state: StreamState): void {
    this.#state = state;
    for (const port of this.#tabs.keys()) this.#tellState(port);
  }

  #tellState(port: TabPort): void {
    const { execution } = this.#tabs.get(port)?.wanted ?? { execution: [] };
    // Of an execution that the stream has no room for its tab alone has to ask.
    const isBeyond = execution.some(({ arn }) => this.#topics.toldOf(arn) === undefined);
    port.postMessage({ type: "state", state: isBeyond ? "polling" : this.#state });
  }

  #tellAll(message: FromHub): void {
    for (const port of this.#tabs.keys()) port.postMessage(message);
  }

  #sweep(): void {
    const longAgo = Date.now() - goneAfterMs;
    for (const [port, { heardAt }] of this.#tabs) {
      if (heardAt >= longAgo) continue;
      this.#tabs.delete(port);
      // One that was frozen, or slept with its machine, hears it when it wakes.
      port.postMessage({ type: "dropped" });
    }
    this.#follow();
  }

  #end(): void {
    this.#source?.close();
    this.#source = undefined;
    clearTimeout(this.#opening);
    this.#opening = undefined;
    clearInterval(this.#sweeping);
    this.#sweeping = undefined;
    this.#state = "connecting";
    this.#topics.rowsAt = undefined;
  }
}

function isMeant(
  frame: Exclude<StreamFrame, { readonly topic: "reload" }>,
  { executions, execution }: Wanted,
): boolean {
  if (frame.topic === "executions") return executions;
  return execution.some(({ arn }) => arn === frame.change.executionArn);
}

/** Counts for a paused tab what it is not told. */
function count(port: TabPort, tab: Tab, frame: StreamFrame, events: number): void {
  const { missedRows } = tab;
  const before = missedRows.size + tab.missedEvents;
  tab.missedEvents += events;
  if (frame.topic === "executions") {
    for (const { executionArn } of frame.rows) {
      if (missedRows.size < mostCounted) missedRows.add(executionArn);
    }
  }
  const now = missedRows.size + tab.missedEvents;
  if (now > before) port.postMessage({ type: "held", count: now });
}

const parsed = <T>(event: Event): T => JSON.parse(String((event as MessageEvent).data)) as T;

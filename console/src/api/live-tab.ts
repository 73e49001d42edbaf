import type { QueryClient } from "@tanstack/react-query";
import type { ExecutionRow, StreamFrame } from "../../../src/console/view-types.ts";
import { applyChange } from "./apply-change.ts";
import { heardBuild } from "./build.ts";
import { HubConnection } from "./hub-connection.ts";
import type { FromHub, StreamState, WatchedExecution } from "./live-messages.ts";

/** What a page shows. */
export interface Topics {
  readonly executions: boolean;
  readonly execution?: WatchedExecution;
}

/** How this tab is kept up to date; `held`: what has changed while it was paused. */
export interface LiveStatus {
  readonly state: StreamState | "paused";
  readonly held: number;
}

type RowListener = (rows: readonly ExecutionRow[]) => void;

/** Our choice: a tab that was left for a moment goes on. */
const pauseAfterMs = 30_000;
const pollMs = 5_000;
const leastBetweenReadsMs = 2_000;

/** Keeps what this tab shows up to date: says what is on screen, and puts what it is told into what was read. */
export class LiveTab {
  status: LiveStatus = { state: "connecting", held: 0 };
  readonly onStatus = new Set<() => void>();
  readonly onRows = new Set<RowListener>();
  readonly #client: QueryClient;
  readonly #topics = new Set<Topics>();
  readonly #hub: HubConnection;
  #stream: StreamState = "connecting";
  #isPaused = false;
  /** It is shown again, and what it shows is not yet what is so now. */
  #isCatchingUp = false;
  #held = 0;
  #frames: StreamFrame[] = [];
  #isSaying = false;
  #drawing = 0;
  #lastRead = -leastBetweenReadsMs;
  #reading: ReturnType<typeof setTimeout> | undefined;
  #pausing: ReturnType<typeof setTimeout> | undefined;
  #polling: ReturnType<typeof setInterval> | undefined;

  constructor(client: QueryClient) {
    this.#client = client;
    this.#hub = new HubConnection((message) => this.#receive(message));
    client.getQueryCache().subscribe(() => {
      if (this.#frames.length > 0 && client.isFetching() === 0) this.#draw();
    });
    document.addEventListener("visibilitychange", () => this.#look());
    addEventListener("pagehide", () => this.#hub.send({ type: "leave" }));
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted) return;
      this.#say();
      this.#readAnew();
    });
    this.#look();
    // A page that follows nothing hears of the server all the same.
    this.#say();
  }

  /** Follows what a page shows, until the function that it gives is called. */
  follow(topics: Topics): () => void {
    this.#topics.add(topics);
    this.#say();
    return () => {
      this.#topics.delete(topics);
      this.#say();
    };
  }

  /** Says what is wanted now. */
  #say(): void {
    if (this.#isSaying) return;
    this.#isSaying = true;
    // A page that is left and the next one are one change.
    queueMicrotask(() => {
      this.#isSaying = false;
      const all = [...this.#topics];
      this.#hub.send({
        type: "want",
        executions: all.some(({ executions }) => executions),
        execution: all.flatMap(({ execution }) => execution ?? []),
        isPaused: this.#isPaused,
      });
    });
  }

  #receive(message: FromHub): void {
    if (message.type === "build") heardBuild(message.build);
    else if (message.type === "held") {
      this.#held = message.count;
      this.#show();
    } else if (message.type === "dropped") {
      this.#say();
      if (!this.#isPaused) this.#readAnew();
    } else if (message.type === "state") {
      this.#stream = message.state;
      this.#poll(message.state === "polling");
      this.#show();
    } else {
      this.#frames.push(message.frame);
      this.#draw();
    }
  }

  #poll(isWanted: boolean): void {
    if (!isWanted) {
      clearInterval(this.#polling);
      this.#polling = undefined;
    } else {
      this.#polling ??= setInterval(() => {
        if (!this.#isPaused) void this.#client.invalidateQueries();
      }, pollMs);
    }
  }

  #draw(): void {
    // What comes together is drawn together. A hidden tab draws nothing, and asks for no frame.
    if (document.hidden) this.#apply();
    else this.#drawing ||= requestAnimationFrame(() => this.#apply());
  }

  #apply(): void {
    cancelAnimationFrame(this.#drawing);
    this.#drawing = 0;
    // What is being read may be older than what is told, and would take it back: that is told when the other has come.
    if (this.#client.isFetching() > 0) return;
    const due = this.#frames;
    this.#frames = [];
    for (const frame of due) {
      if (frame.topic === "reload") this.#readAnew();
      else if (frame.topic === "executions") {
        for (const listener of this.onRows) listener(frame.rows);
      } else applyChange(this.#client, frame.change);
    }
  }

  /** However often it is asked for: what is shown is read once in a while. */
  #readAnew(): void {
    if (this.#reading !== undefined) return;
    const wait = this.#lastRead + leastBetweenReadsMs - performance.now();
    const read = (): void => {
      this.#reading = undefined;
      this.#lastRead = performance.now();
      void this.#client.invalidateQueries();
    };
    this.#reading = setTimeout(read, Math.max(0, wait));
  }

  #look(): void {
    clearTimeout(this.#pausing);
    if (document.hidden) {
      this.#pausing = setTimeout(() => this.#pause(), pauseAfterMs);
    } else if (this.#isPaused) void this.#goOn();
  }

  #pause(): void {
    this.#isPaused = true;
    this.#held = 0;
    this.#say();
    this.#show();
  }

  /** However long it was away: what is shown is read once, and goes on from there. */
  async #goOn(): Promise<void> {
    this.#isPaused = false;
    this.#isCatchingUp = true;
    this.#say();
    this.#lastRead = performance.now();
    await this.#client.invalidateQueries();
    this.#isCatchingUp = false;
    this.#show();
  }

  #show(): void {
    const isPaused = this.#isPaused || this.#isCatchingUp;
    const state = isPaused ? "paused" : this.#stream;
    const held = isPaused ? this.#held : 0;
    if (state === this.status.state && held === this.status.held) return;
    this.status = { state, held };
    for (const listener of this.onStatus) listener();
  }
}

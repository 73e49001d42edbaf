import type { StreamFrame } from "../../../src/console/view-types.ts";

/** How the one stream of the browser is doing. */
export type StreamState = "connecting" | "live" | "reconnecting" | "polling";

/** An execution that is shown, and the event that what is shown has come to. */
export interface WatchedExecution {
  readonly arn: string;
  readonly from: number;
}

/** What a tab shows, and so wants to be told of. */
export interface Wanted {
  /** Rows of all executions. */
  readonly executions: boolean;
  readonly execution: readonly WatchedExecution[];
  /** Nobody sees the tab: what changes is counted for it, and not told. */
  readonly isPaused: boolean;
}

/** Sent again and again: who says nothing is gone. It says all that is so, so none of them can be missed. */
export type ToHub = ({ readonly type: "want" } & Wanted) | { readonly type: "leave" };

export type FromHub =
  | { readonly type: "state"; readonly state: StreamState }
  | { readonly type: "frame"; readonly frame: StreamFrame }
  /** Executions that have changed while the tab is paused, and new events of the one that it shows. */
  | { readonly type: "held"; readonly count: number }
  /** The tab was silent for too long, and is told nothing any more. */
  | { readonly type: "dropped" }
  /** What the server serves now. */
  | { readonly type: "build"; readonly build: string };

/** The way back to a tab. */
export interface TabPort {
  postMessage(message: FromHub): void;
}

/** How often a tab says that it is still there. */
export const stillHereMs = 20_000;

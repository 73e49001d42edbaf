/** What came of a call of a function. */
export interface InvokedView {
  readonly statusCode: number;
  /** What was answered, as text; empty where nothing is waited for. */
  readonly payload: string;
  /** `Handled` or `Unhandled`; absent: it went well. */
  readonly functionError?: string;
  readonly version?: string;
  /** The end of what it printed. */
  readonly log?: string;
  readonly durationMs: number;
}

/** What a function has printed lately, as far as this node keeps it. */
export interface PrintedView {
  readonly text: string;
}

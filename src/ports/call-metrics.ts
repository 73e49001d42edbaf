/** Counts calls of the API, by the Region that they are about. */
export interface CallMetrics {
  called(region: string, operation: string): void;
  /** A call came to a limit: it took one of the tokens of its bucket, or was refused because there was none. */
  limited(region: string, operation: string, limit: CallLimit): void;
}

export interface CallLimit {
  /** How many calls are let through at once, and how many more each second. */
  readonly tokens: number;
  readonly refillPerSecond: number;
  readonly isRefused: boolean;
}

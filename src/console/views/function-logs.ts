/** A line that a function printed. */
export interface LogLineView {
  /** When the server read it, shortly after it was printed. */
  readonly at: number;
  readonly text: string;
  /** It was printed to the standard error. */
  readonly isError?: boolean;
}

/** What the function of an attempt printed, as far as the server keeps it. */
export interface FunctionLogView {
  readonly functionName: string;
  /** Where its code is now: here, behind a URL, or in AWS or its stand-in. Only what runs here prints here. */
  readonly place: "local" | "url" | "elsewhere";
  readonly lines: readonly LogLineView[];
  /** What is asked for next comes after this. */
  readonly last: number;
  /** It printed more than is kept of one call: the first lines are gone. */
  readonly isCut: boolean;
  /** What was printed before this time may be gone. */
  readonly keptSince: number;
}

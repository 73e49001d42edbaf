import type { ReaderConfig, ResultWriter as ResultWriterField } from "../asl/states/map.ts";
import type { JsonValue } from "../expression/json.ts";
import type { EpochMs } from "../machine/ids.ts";
import type { RolePrincipal } from "./caller.ts";

/** `ReaderConfig` with its dynamic fields evaluated. */
export interface EvaluatedReaderConfig extends Omit<ReaderConfig, "MaxItems"> {
  readonly MaxItems?: number | undefined;
}

/** One item of a data set. */
export interface Item {
  readonly value: JsonValue;
  /** `Map.Item.Key`: present where an object's members are iterated. */
  readonly key?: string;
  /** `Map.Item.Source`: `S3://bucket` for a listing, `S3://bucket/key` for what an object holds. *Documented*. */
  readonly source: string;
}

export interface ItemReaderRequest {
  /** `arn:aws:states:::s3:getObject` or `…:listObjectsV2`. */
  readonly resource: string;
  /** The evaluated `Parameters` or `Arguments`. */
  readonly arguments: JsonValue;
  readonly readerConfig?: EvaluatedReaderConfig | undefined;
  /** The Map's name; absent: it is no run's. */
  readonly stateName?: string;
  /** Ends the reading: the iteration throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Reads the items of a distributed Map from where its `ItemReader` says. */
export interface ItemReader {
  /**
   * The items in the order of the data set, read as they are asked for: the same order on every opening while the data
   * stays as it is, so that a run which lost its place skips what it had. Nothing is asked for before the first item.
   * The iteration throws a {@link MapRunIoError} for what AWS answers as `States.ItemReaderFailed`.
   */
  open(request: ItemReaderRequest): AsyncIterable<Item>;
}

/** `PENDING`: the run ended before the child was started. */
export type ChildStatus = "SUCCEEDED" | "FAILED" | "TIMED_OUT" | "ABORTED" | "PENDING";

/** How one child of a Map Run ended. Texts are as DescribeExecution shows them. */
export interface ChildResult {
  readonly status: ChildStatus;
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  /** JSON text. */
  readonly input: string;
  /** JSON text; present only for `SUCCEEDED`. */
  readonly output?: string | undefined;
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
  readonly startDate?: EpochMs | undefined;
  readonly stopDate?: EpochMs | undefined;
  readonly redriveCount: number;
  readonly redriveDate?: EpochMs | undefined;
  /** Absent for Express children. */
  readonly redriveStatus?: string | undefined;
  readonly redriveStatusReason?: string | undefined;
}

export interface ResultWriterRequest {
  /** `arn:aws:states:::s3:putObject`; absent: the results become the state's result. */
  readonly resource?: string | undefined;
  /** The evaluated `Parameters` or `Arguments`: `Bucket`, `Prefix`. */
  readonly arguments?: JsonValue | undefined;
  readonly writerConfig?: ResultWriterField["WriterConfig"] | undefined;
  readonly mapRunArn: string;
  /** For the cause where the result is too large: the Map's name. */
  readonly stateName?: string | undefined;
  /** How often the run was redriven. A redrive writes beside what the run wrote before. */
  readonly redriveCount: number;
  /**
   * When the last redrive began. With it, what succeeded before is not written again: the manifest names the files that
   * have it. Without it all results are written.
   */
  readonly redriveDate?: EpochMs | undefined;
}

/** Where the results went, once all of them are there. */
export type MapRunResult =
  /** `ResultWriterDetails` of the state's result: the manifest. */
  | { readonly type: "manifest"; readonly Bucket: string; readonly Key: string }
  /** The state's result itself, as JSON text. */
  | { readonly type: "output"; readonly text: string };

/** Takes the results of one run, one at a time: await each before the next. */
export interface OpenResultWriter {
  write(result: ChildResult): Promise<void>;
  /** Completes the files and writes the manifest last, so that a manifest always names complete files. */
  finish(): Promise<MapRunResult>;
  /** Gives up: nothing more is written, and no manifest. What is complete stays. */
  abort(): Promise<void>;
}

/**
 * Writes the results of a distributed Map where its `ResultWriter` says. Opening again writes the same files again, so
 * that after a crash the results are written from the first one on.
 */
export interface ResultWriter {
  /**
   * Rejects, as all methods of what it opens do, with a {@link MapRunIoError}: `States.ResultWriterFailed`, or
   * `States.DataLimitExceeded` where the result is the state's own and too large.
   */
  open(request: ResultWriterRequest): Promise<OpenResultWriter>;
}

/** How data sets and results are reached by the role of a state machine, from the Region of its execution. */
export type MapRunIo = (role: RolePrincipal) => {
  readonly reader: ItemReader;
  readonly writer: ResultWriter;
};

/** What fails a Map Run outside of its children: the ASL error and AWS's wording. */
export class MapRunIoError extends Error {
  override readonly name = "MapRunIoError";
  readonly error:
    "States.ItemReaderFailed" | "States.ResultWriterFailed" | "States.DataLimitExceeded";

  constructor(error: MapRunIoError["error"], cause: string, options?: { cause?: unknown }) {
    super(cause, options);
    this.error = error;
  }

  /** The text of the event's `cause`. Not `cause`: that is what JavaScript calls the error underneath. */
  get causeText(): string {
    return this.message;
  }
}

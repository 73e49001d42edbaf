/** A request whose answer must be a success. `headers` is the text of header lines. */
export interface Request {
  readonly path: string;
  readonly headers: string;
  readonly body: string;
}

/** What one client does again and again. */
export type Workflow =
  /** StartExecution, then DescribeExecution that waits for the end. */
  | { readonly type: "execution"; readonly stateMachineArn: string; readonly input: string }
  /** One request that is answered when the workflow has ended. */
  | { readonly type: "request"; readonly request: Request };

/** A port, or several that the clients are spread over. */
export type Ports = number | readonly number[];

/** What the load generator does, from the first request to the last answer. */
export type LoadPlan =
  /** Every client starts a workflow when its last one has ended, for a time. */
  | {
      readonly type: "loop";
      readonly port: Ports;
      readonly clients: number;
      readonly warmUpMs: number;
      readonly durationMs: number;
      readonly workflow: Workflow;
    }
  /** All requests, as fast as the clients get their answers. */
  | {
      readonly type: "batch";
      readonly port: Ports;
      readonly clients: number;
      readonly requests: readonly Request[] | { readonly times: number; readonly request: Request };
    };

export interface LoadResult {
  readonly completed: number;
  readonly elapsedMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The answer of TestState, as AWS has it; documents are JSON texts. */
export interface StateTestResult {
  readonly status: "SUCCEEDED" | "FAILED" | "RETRIABLE" | "CAUGHT_ERROR";
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  readonly nextState?: string;
  readonly inspectionData?: InspectionData;
}

export interface InspectionData {
  readonly input?: string;
  readonly afterInputPath?: string;
  readonly afterItemsPath?: string;
  readonly afterItemsPointer?: string;
  readonly afterItemSelector?: string;
  readonly afterItemBatcher?: string;
  readonly afterParameters?: string;
  readonly afterArguments?: string;
  readonly result?: string;
  readonly afterResultSelector?: string;
  readonly afterResultPath?: string;
  readonly variables?: string;
  readonly request?: HttpMessage;
  readonly response?: HttpMessage;
  readonly errorDetails?: {
    readonly retryIndex?: number;
    readonly retryBackoffIntervalSeconds?: number;
    readonly catchIndex?: number;
  };
}

/** Of an HTTP Task's call; what is secret in it is hidden by the server. */
export interface HttpMessage {
  readonly protocol?: string;
  readonly method?: string;
  readonly url?: string;
  readonly statusCode?: string;
  readonly statusMessage?: string;
  readonly headers?: string;
  readonly body?: string;
}

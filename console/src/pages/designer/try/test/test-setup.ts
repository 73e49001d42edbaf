/** A document as JSON text. */
type JsonText = string;

/** Where the first values of a setup are from: pinned data, or the newest simulation. */
export type DataSource = "execution" | "case" | "sample" | "simulation";

/** How the call of a Task is answered. */
export type TestMock = "none" | "result" | "error" | "callback";

/** What one state is tested with, as it is typed. */
export interface TestSetup {
  readonly input: JsonText;
  readonly variables: JsonText;
  /** The context object; empty: the server's own. AWS takes one only with a mock. */
  readonly context: JsonText;
  /** Empty: none, which only a mocked Task can be tested with. */
  readonly roleArn: string;
  readonly mock: TestMock;
  /** Of `result` and `callback`: what the call, or the callback, returns. */
  readonly result: JsonText;
  readonly error: string;
  readonly cause: string;
  /** Retries that its Retrier has already made. */
  readonly retries: number;
}

/** Something that waits for an answer: a task that is ended by its token. */
export interface ApprovalView {
  readonly executionArn: string;
  readonly taskId: number;
  readonly stateMachineName: string;
  readonly stateMachineArn: string;
  readonly executionName: string;
  readonly stateName: string;
  readonly key: string;
  readonly since: number;
  /** When it times out. */
  readonly due?: number;
  /** What it was sent through, as `lambda:invoke.waitForTaskToken`, or the ARN of the activity. */
  readonly resource?: string;
  /** Of an activity: a worker has taken it. */
  readonly isTaken?: boolean;
  readonly title: string;
  readonly text?: string;
  /** The scalar members of what was sent, by their paths. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  /** What was sent to whoever answers, as JSON text. */
  readonly parameters: string;
  /** A JSON Schema that the answer has to keep to. */
  readonly schema?: unknown;
  /** Who has said that they take care of it, by the name that they gave, and since when. */
  readonly claim?: { readonly name: string; readonly at: number };
}

export type AuditAction = "view" | "claim" | "release" | "link" | "answer";

/** Something that a person did with a question: who, what, and when. */
export interface AuditEntry {
  /** ISO 8601. */
  readonly at: string;
  readonly action: AuditAction;
  /** The way that it came: from the console, or by a link. */
  readonly by: "console" | "link";
  /** The caller's ARN, as refusals name it. */
  readonly caller: string;
  /** What the person calls themselves: nobody has checked it. */
  readonly name?: string;
  readonly executionArn: string;
  readonly taskId: number;
  /** The state that asks, and what it asks; absent where the question was over. */
  readonly stateMachineArn?: string;
  readonly key?: string;
  readonly title?: string;
  /** What was sent: an output as JSON text, or an error and its cause. */
  readonly answer?:
    { readonly output: string } | { readonly error?: string; readonly cause?: string };
}

export interface AuditPage {
  /** The newest first. */
  readonly entries: readonly AuditEntry[];
  /** Of those that were asked for, as far as they are kept. */
  readonly total: number;
}

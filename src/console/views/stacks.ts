/** What is deployed: a stack as the list shows it. */
export interface StackRow {
  readonly stackId: string;
  readonly name: string;
  /** `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly reason?: string | undefined;
  readonly description?: string | undefined;
  readonly changedAt: number;
  /** `IN_SYNC`, `DRIFTED` or `NOT_CHECKED`. */
  readonly drift: string;
}

/** The stack that has made something; empty: none has. */
export interface StackOfView {
  readonly stackId?: string;
  readonly name?: string;
}

/** A stack with what is in it. */
export interface StackView extends StackRow {
  readonly resources: readonly StackResourceView[];
  readonly outputs: readonly { readonly name: string; readonly value: string }[];
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  /** The newest first. */
  readonly events: readonly StackEventView[];
  /** What the last change set that was executed has changed. */
  readonly lastChange: readonly StackChangeView[];
}

export interface StackResourceView {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
  readonly drift: string;
  /** Its type is not made here: references to it are made up. */
  readonly isMadeUp: boolean;
}

export interface StackEventView {
  readonly id: string;
  readonly at: number;
  readonly logicalId: string;
  readonly type: string;
  readonly status: string;
  readonly reason?: string | undefined;
}

export interface StackChangeView {
  readonly action: string;
  readonly logicalId: string;
  readonly type: string;
  readonly isReplaced: boolean;
  readonly differences: readonly {
    readonly path: string;
    readonly before?: string | undefined;
    readonly after?: string | undefined;
  }[];
  /** Of a state machine whose definition is written in its template, before and after; absent: it is the same, or not known. */
  readonly definitions?: { readonly before: string; readonly after: string } | undefined;
}

/** What is wrong with the text of a policy, as IAM's API answers it. */
export interface PolicyProblem {
  readonly code: "MalformedPolicyDocument" | "LimitExceeded";
  /** In IAM's words where those are known. */
  readonly problem: string;
  /** Where, both from 1. */
  readonly line: number;
  readonly column: number;
}

/** Stops the parsing of a policy. */
export class MalformedPolicy extends Error {
  override readonly name = "MalformedPolicy";
  /** In UTF-16 units from the start; absent: whoever calls knows better. */
  readonly offset: number | undefined;

  constructor(message: string, offset?: number) {
    super(message);
    this.offset = offset;
  }
}

/** What `read` gives; if it finds the text malformed without saying where, then at `offset`. */
export function placedAt<T>(offset: number, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof MalformedPolicy && thrown.offset === undefined) {
      throw new MalformedPolicy(thrown.message, offset);
    }
    throw thrown;
  }
}

/** A pattern that EventBridge refuses (`InvalidEventPatternException`). */
export class InvalidEventPattern extends Error {
  override readonly name = "InvalidEventPattern";
  /** What is wrong and where, in the words of AWS's compiler; SNS has its own words before it. */
  readonly reason: string;

  constructor(reason: string) {
    super(`Event pattern is not valid. Reason: ${reason}`);
    this.reason = reason;
  }
}

/** The command line was wrong: exit status 2. The message says what is right. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command could not do its work: exit status 1. The message says why, and what to do about it. */
export class CommandFailure extends Error {
  override readonly name = "CommandFailure";
}

import { StoreFailure } from "../../ports/store.ts";

/** Primary result codes of SQLite (sqlite.org/rescode.html); the extended code holds one in its low byte. */
const result = {
  error: 1,
  perm: 3,
  busy: 5,
  locked: 6,
  readOnly: 8,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  tooBig: 18,
  constraint: 19,
  mismatch: 20,
  misuse: 21,
  range: 25,
  notDatabase: 26,
} as const;

/**
 * What an error below the port means. A statement that was wrong, or broke a constraint, is a mistake of ours or of the
 * caller's and stays as it is. A disk that is full is known to have kept what was answered. Anything else that SQLite reports (reading, writing,
 * a failed fsync, a damaged file, no memory) leaves open what the disk holds: fatal, and never retried.
 */
export function failureOf(error: unknown, dataDir: string): unknown {
  if (error instanceof StoreFailure) return error;
  const text = error instanceof Error ? error.message : String(error);
  const cause = { cause: error };
  const code = sqliteCode(error);
  if (code !== undefined) {
    switch (code & 0xff) {
      case result.error:
      case result.tooBig:
      case result.constraint:
      case result.mismatch:
      case result.misuse:
      case result.range:
        return error;
      case result.full:
        return full(dataDir, cause);
      case result.busy:
      case result.locked:
        return new StoreFailure(
          "unavailable",
          `Another program keeps the database in ${dataDir} busy.`,
          cause,
        );
      case result.perm:
      case result.readOnly:
      case result.cantOpen:
        return new StoreFailure(
          "unavailable",
          `The database in ${dataDir} cannot be opened for writing: ${text}.`,
          cause,
        );
      case result.corrupt:
      case result.notDatabase:
        return new StoreFailure("fatal", `The database in ${dataDir} is damaged: ${text}.`, cause);
      default:
        return new StoreFailure(
          "fatal",
          `The disk under ${dataDir} failed: ${text} (SQLite result ${code}). ` +
            "What it holds is known only after a new start.",
          cause,
        );
    }
  }
  switch (systemCode(error)) {
    case undefined:
      return error;
    case "ENOSPC":
    case "EDQUOT":
      return full(dataDir, cause);
    default:
      return new StoreFailure(
        "unavailable",
        `The data directory ${dataDir} cannot be used: ${text}.`,
        cause,
      );
  }
}

function full(dataDir: string, cause: { cause: unknown }): StoreFailure {
  return new StoreFailure(
    "full",
    `There is no space left for ${dataDir}. Everything accepted until now is on disk: free some space and start again.`,
    cause,
  );
}

function sqliteCode(error: unknown): number | undefined {
  if (!(error instanceof Error) || !("errcode" in error)) return undefined;
  return typeof error.errcode === "number" ? error.errcode : undefined;
}

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("syscall" in error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

import { StoreFailure } from "../ports/store.ts";
import { CommandFailure } from "./errors.ts";

/** What to do about a store that cannot be used, after what it says itself; a database says all of it. */
export function storeFailure(error: unknown, dataDir: string, isDatabase = false): unknown {
  if (!(error instanceof StoreFailure)) return error;
  const remedy = isDatabase ? undefined : advice(error.kind, dataDir);
  const text = [error.message, remedy].filter((line) => line !== undefined);
  return new CommandFailure(text.join("\n"), { cause: error });
}

/** Why the server stops: whatever it is, what was accepted is on disk. */
export function engineFailure(reason: Error, dataDir: string, isDatabase = false): unknown {
  if (reason instanceof StoreFailure) return storeFailure(reason, dataDir, isDatabase);
  const where = isDatabase ? "the database" : dataDir;
  return new CommandFailure(
    `The server cannot go on: ${reason.message}\nWhat was accepted is in ${where}; start the server again to go on with it.`,
    { cause: reason },
  );
}

function advice(kind: StoreFailure["kind"], dataDir: string): string | undefined {
  switch (kind) {
    case "locked":
      return "The option is --data-dir DIR.";
    case "newer":
      return "The option for another data directory is --data-dir DIR.";
    case "full":
      return undefined;
    case "fatal":
      return "The server has stopped so that it cannot do harm. Check the disk, then start the server again: what was accepted is in the data directory.";
    case "unavailable":
      return `Check that ${dataDir} is a folder that this user may write, or name another with --data-dir DIR.`;
  }
}

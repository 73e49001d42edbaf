import type { DatabaseSync } from "node:sqlite";
import { StoreFailure } from "../../ports/store.ts";

/** How far a copy into this store has come; `undefined`: none is under way. */
export function copyMarker(database: DatabaseSync): string | undefined {
  const value = database.prepare("SELECT value FROM meta WHERE key = 'copy'").get()?.["value"];
  return typeof value === "string" ? value : undefined;
}

export function setCopyMarker(database: DatabaseSync, text: string): void {
  database.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('copy', ?)").run(text);
}

export function clearCopyMarker(database: DatabaseSync): void {
  database.exec("DELETE FROM meta WHERE key = 'copy'");
}

/** A store that is only a part of another one is not served. */
export function refuseUnfinishedCopy(database: DatabaseSync, dataDir: string): void {
  if (copyMarker(database) === undefined) return;
  throw new StoreFailure(
    "unavailable",
    `A copy into ${dataDir} has not been finished. Go on with it (stepwell store copy), or remove the folder.`,
  );
}

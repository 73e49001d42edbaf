import { StoreFailure } from "../../ports/store.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

const find = statement("copy_marker", "SELECT value FROM @meta WHERE key = 'copy'");
const put = statement(
  "copy_marker_put",
  `INSERT INTO @meta (key, value) VALUES ('copy', $1)
   ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
);
const remove = statement("copy_marker_remove", "DELETE FROM @meta WHERE key = 'copy'");

/** How far a copy into this store has come; `undefined`: none is under way. */
export async function copyMarker(database: Database): Promise<string | undefined> {
  const value = (await database.rows(find))[0]?.["value"];
  return typeof value === "string" ? value : undefined;
}

export async function setCopyMarker(database: Database, text: string | undefined): Promise<void> {
  await (text === undefined ? database.rows(remove) : database.rows(put, text));
}

/** A store that is only a part of another one is not served. */
export async function refuseUnfinishedCopy(database: Database): Promise<void> {
  if ((await copyMarker(database)) === undefined) return;
  throw new StoreFailure(
    "unavailable",
    `A copy into ${database.server} has not been finished. Go on with it (stepwell store copy), ` +
      `or drop the schema ${database.schema}.`,
  );
}

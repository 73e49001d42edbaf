import type { DocumentStore } from "../../ports/document-store.ts";
import { isSame } from "../is-same.ts";
import { pageOf } from "../page-of.ts";
import { checkLimit } from "../page-position.ts";
import { documentRow } from "../rows/document-row.ts";
import { columnList, valuesOf } from "../rows/row-kind.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

const columns = columnList(documentRow);

const one = statement(
  "document",
  `SELECT ${columns} FROM @documents WHERE collection = $1 AND id = $2`,
);
const list = statement(
  "documents",
  `SELECT ${columns} FROM @documents WHERE collection = $1 AND id > $2 ORDER BY id LIMIT $3`,
);
const add = statement(
  "document_add",
  `INSERT INTO @documents (${columns}) VALUES ($1, $2, $3, $4)
   ON CONFLICT DO NOTHING RETURNING 1 AS written`,
);
const change = statement(
  "document_change",
  `UPDATE @documents SET version = $3::bigint, body = $4::text
   WHERE collection = $1::text AND id = $2::text AND version = $3::bigint - 1
   RETURNING 1 AS written`,
);
const remove = statement(
  "document_delete",
  "DELETE FROM @documents WHERE collection = $1 AND id = $2 AND version = $3",
);

export function documents(database: Database): DocumentStore {
  const find: DocumentStore["document"] = async (collection, id) => {
    const [row] = await database.rows(one, collection, id);
    return row === undefined ? undefined : documentRow.recordOf(row);
  };
  return {
    document: find,
    async documents(collection, { limit, after = "" }) {
      checkLimit(limit);
      const rows = await database.rows(list, collection, after, limit + 1);
      return pageOf(rows, limit, documentRow.recordOf, (last) => last["id"] as string);
    },
    async putDocument(record) {
      const write = record.version === 1 ? add : change;
      const written = await database.rows(write, ...valuesOf(documentRow, record));
      if (written.length > 0) return true;
      // It may have been written by a try whose answer was lost.
      const stored = await find(record.collection, record.id);
      return stored !== undefined && isSame(stored, record);
    },
    async deleteDocument(collection, id, version) {
      await database.rows(remove, collection, id, version);
      return (await find(collection, id)) === undefined;
    },
  };
}

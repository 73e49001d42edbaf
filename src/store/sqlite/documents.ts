import type { DatabaseSync } from "node:sqlite";
import type { DocumentStore } from "../../ports/document-store.ts";
import { isSame } from "../is-same.ts";
import { pageOf } from "../page-of.ts";
import { checkLimit } from "../page-position.ts";
import { documentRow } from "../rows/document-row.ts";
import { columnList } from "../rows/row-kind.ts";
import type { Sync } from "./protocol.ts";
import { inputsOf, insertRow } from "./row-parameters.ts";

const columns = columnList(documentRow);
const select = `SELECT ${columns} FROM documents WHERE collection = ? AND id = ?`;

export function openDocumentReads(
  database: DatabaseSync,
): Sync<Pick<DocumentStore, "document" | "documents">> {
  const one = database.prepare(select);
  const list = database.prepare(
    `SELECT ${columns} FROM documents WHERE collection = ? AND id > ? ORDER BY id LIMIT ?`,
  );
  return {
    document(collection, id) {
      const row = one.get(collection, id);
      return row === undefined ? undefined : documentRow.recordOf(row);
    },
    documents(collection, { limit, after = "" }) {
      checkLimit(limit);
      const rows = list.all(collection, after, limit + 1);
      return pageOf(rows, limit, documentRow.recordOf, (last) => last["id"] as string);
    },
  };
}

export function openDocumentWrites(
  database: DatabaseSync,
): Sync<Pick<DocumentStore, "putDocument" | "deleteDocument">> {
  const one = database.prepare(select);
  const add = database.prepare(`${insertRow(documentRow)} ON CONFLICT DO NOTHING`);
  const change = database.prepare(
    `UPDATE documents SET version = ?3, body = ?4
     WHERE collection = ?1 AND id = ?2 AND version = ?3 - 1`,
  );
  const remove = database.prepare(
    "DELETE FROM documents WHERE collection = ? AND id = ? AND version = ?",
  );
  return {
    putDocument(record) {
      const write = record.version === 1 ? add : change;
      if (Number(write.run(...inputsOf(documentRow, record)).changes) > 0) return true;
      const row = one.get(record.collection, record.id);
      return row !== undefined && isSame(documentRow.recordOf(row), record);
    },
    deleteDocument(collection, id, version) {
      remove.run(collection, id, version);
      return one.get(collection, id) === undefined;
    },
  };
}

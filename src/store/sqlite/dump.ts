import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import {
  type DumpKind,
  type DumpRecords,
  RestoreConflict,
  type StoreDump,
} from "../../ports/store-dump.ts";
import { type Page, type PageRequest, StoreFailure } from "../../ports/store.ts";
import { recordName } from "../canonical-record.ts";
import { checkLimit } from "../page-position.ts";
import { openCheckpoints } from "./checkpoint.ts";
import { inTransaction, openWriter, useWriteAheadLog } from "./connection.ts";
import { clearCopyMarker, copyMarker, setCopyMarker } from "./copy-marker.ts";
import { createDataDirectory, databaseFile } from "./data-directory.ts";
import { lockDataDirectory } from "./data-directory-lock.ts";
import { openJournalDump } from "./dump-journal.ts";
import { pageReader, type RowWriter, rowWriter } from "./dump-rows.ts";
import {
  type DumpTable,
  dumpTables,
  journalRows,
  type Numbers,
  openNumbers,
  type TableKind,
} from "./dump-tables.ts";
import { findingsOf } from "./findings.ts";
import { migrate, migrations, schemaVersion } from "./schema.ts";
import { failureOf } from "./sqlite-failure.ts";

export interface SqliteDumpOptions {
  readonly dataDir: string;
  /** `read`: it must be there, with the schema of this version. `write`: it is made, or brought up to date. */
  readonly use: "read" | "write";
}

/** Opens a data directory as records. It is locked meanwhile, so that no server has it. */
export async function openSqliteDump(options: SqliteDumpOptions): Promise<StoreDump> {
  const dataDir = resolve(options.dataDir);
  /** What SQLite says is told as the store tells it. */
  const guard = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw failureOf(error, dataDir);
    }
  };
  const opened = guard(() => openLocked(dataDir, options.use));
  const { database } = opened;
  const secret = openSecret(database);
  const epochs = database.prepare("SELECT coalesce(sum(epoch), 0) AS epochs FROM partitions");
  const readerOf = openReaders(database, secret);
  const writerOf = openWriters(database, secret);
  const checkpoints = openCheckpoints(database);

  return {
    name: dataDir,
    schemaVersion: migrations.length,
    async records(kind, page) {
      checkLimit(page.limit);
      return guard(() => readerOf(kind)(page));
    },
    async count(kind) {
      if (kind === "secret") return 1;
      // Those that are packed would have to be unpacked.
      if (kind === "journal") return undefined;
      const { into } = dumpTables[kind];
      const count = database.prepare(`SELECT count(*) AS count FROM ${into}`);
      return guard(() => Number(count.get()?.["count"]));
    },
    async restore(kind, records, before) {
      guard(() => {
        const write = writerOf(kind);
        let length = 0;
        inTransaction(database, () => {
          for (const [index, record] of records.entries()) {
            if ("data" in record) length += record.data.length;
            if (!write(record, before + index + 1)) refuse(dataDir, recordName(kind, record));
          }
        });
        checkpoints.wrote(records.length + length / 1000);
      });
    },
    async finish() {
      guard(() => {
        database.exec("PRAGMA synchronous = FULL");
        checkpoints.finish();
      });
    },
    async identity() {
      const used = guard(() => `${secret.read()} ${String(epochs.get()?.["epochs"])}`);
      return createHash("sha256").update(used).digest("hex");
    },
    marker: async () => guard(() => copyMarker(database)),
    async mark(text) {
      guard(() => (text === undefined ? clearCopyMarker(database) : setCopyMarker(database, text)));
    },
    // The lock keeps everybody else out.
    users: async () => [],
    findings: async () => findingsOf(database),
    async close() {
      guard(() => database.close());
      opened.unlock();
    },
  };
}

function refuse(dataDir: string, name: string): never {
  throw new RestoreConflict(
    `${dataDir} has something else in the place of ${name}, or lacks what it belongs to.`,
  );
}

interface Secret {
  read(): string;
  /** False: there are executions, whose tokens another has sealed. */
  replace(secret: string): boolean;
}

function openSecret(database: DatabaseSync): Secret {
  const find = database.prepare("SELECT value FROM meta WHERE key = 'secret'");
  const put = database.prepare(
    `UPDATE meta SET value = ?1
     WHERE key = 'secret' AND (value = ?1 OR NOT EXISTS (SELECT 1 FROM executions))`,
  );
  return {
    read: () => String(find.get()?.["value"]),
    replace: (secret) => put.run(secret).changes === 1,
  };
}

type PageReader<R> = (page: PageRequest) => Page<R>;

function openReaders(
  database: DatabaseSync,
  secret: Secret,
): <K extends DumpKind>(kind: K) => PageReader<DumpRecords[K]> {
  const readers = new Map<DumpKind, PageReader<unknown>>([
    ["secret", () => ({ items: [{ secret: secret.read() }] })],
    ["journal", openJournalDump(database)],
  ]);
  for (const kind of Object.keys(dumpTables) as TableKind[]) {
    readers.set(kind, pageReader(database, dumpTables[kind] as DumpTable<unknown>));
  }
  return <K extends DumpKind>(kind: K) => readers.get(kind) as PageReader<DumpRecords[K]>;
}

function openWriters(
  database: DatabaseSync,
  secret: Secret,
): <K extends DumpKind>(kind: K) => RowWriter<DumpRecords[K]> {
  const numbers: Numbers = openNumbers(database);
  const writers = new Map<DumpKind, RowWriter<never>>([
    ["secret", (record: DumpRecords["secret"]) => secret.replace(record.secret)],
    ["journal", rowWriter(database, journalRows, numbers)],
  ]);
  for (const kind of Object.keys(dumpTables) as TableKind[]) {
    writers.set(kind, rowWriter(database, dumpTables[kind] as DumpTable<unknown>, numbers));
  }
  return <K extends DumpKind>(kind: K) => writers.get(kind) as RowWriter<DumpRecords[K]>;
}

/** Brings the schema of a data directory to this version; it must be there. */
export async function migrateDataDirectory(
  directory: string,
): Promise<{ readonly name: string; readonly from: number; readonly to: number }> {
  const dataDir = resolve(directory);
  try {
    const opened = openLocked(dataDir, "migrate");
    opened.database.close();
    opened.unlock();
    return { name: dataDir, from: opened.before, to: migrations.length };
  } catch (error) {
    throw failureOf(error, dataDir);
  }
}

/** Opens a data directory that nobody else has. `before` is the version of the schema that it had. */
function openLocked(
  dataDir: string,
  use: SqliteDumpOptions["use"] | "migrate",
): { readonly database: DatabaseSync; readonly before: number; unlock(): void } {
  if (use === "write") createDataDirectory(dataDir);
  else if (!existsSync(databaseFile(dataDir))) {
    throw new StoreFailure("unavailable", `There is no store in ${dataDir}.`);
  }
  const unlock = lockDataDirectory(dataDir);
  try {
    const database = openWriter(databaseFile(dataDir), undefined);
    try {
      const before = schemaVersion(database);
      if (use === "read") checkVersion(before, dataDir);
      // Refuses what a newer version has made, too.
      migrate(database, dataDir);
      useWriteAheadLog(database);
      // A power failure may take the last pages of a copy, which goes on before them; what is finished is durable.
      if (use === "write") database.exec("PRAGMA synchronous = NORMAL");
      return { database, before, unlock };
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    unlock();
    throw error;
  }
}

function checkVersion(present: number, dataDir: string): void {
  if (present >= migrations.length) return;
  throw new StoreFailure(
    "unavailable",
    `The schema of the store in ${dataDir} is ${present}, and this version reads ${migrations.length}: ` +
      "bring it up to date first (stepwell store migrate).",
  );
}

import { resolve } from "node:path";
import type { Store } from "../../ports/store.ts";
import type { Reads, Sync, ThreadOptions, Writes } from "./protocol.ts";
import { openThread, type ThreadChannel } from "./thread-channel.ts";

export interface SqliteStoreOptions {
  /** Made where it is missing. Locked while the store is open. */
  readonly dataDir: string;
  /** The store says that it is full when the database is this large, though the disk may not be. Absent: no bound. */
  readonly maxBytes?: number;
}

/**
 * The embedded store: SQLite in a data directory that belongs to this process while it is open.
 *
 * One thread writes and another reads, so that neither the disk nor a long listing keeps the event loop or a commit
 * waiting. Rejects with a `StoreFailure`: `locked` if another process has the directory, `newer` if a newer version has
 * been at it. After `full` or `fatal` nothing more is written until the store is opened again.
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<Store> {
  const { maxBytes } = options;
  const dataDir = resolve(options.dataDir);
  const [writer, reader] = await openBoth({
    role: "writer",
    dataDir,
    ...(maxBytes === undefined ? {} : { maxBytes }),
  });
  const write = callOf<Writes>(writer);
  const read = callOf<Reads>(reader);
  let closing: Promise<void> | undefined;

  return {
    partitions: 1,

    acquire: write("acquire"),
    release: write("release"),

    commit: write("commit"),
    resolve: write("resolve"),
    execution: read("execution"),
    executions: read("executions"),
    openExecutions: read("openExecutions"),
    journal: read("journal"),
    journals: read("journals"),

    resident: read("resident"),
    due: read("due"),
    nextWake: read("nextWake"),
    activityTasks: read("activityTasks"),
    messages: read("messages"),

    putStateMachine: write("putStateMachine"),
    stateMachine: read("stateMachine"),
    stateMachines: read("stateMachines"),
    deleteStateMachine: write("deleteStateMachine"),
    revision: read("revision"),
    version: read("version"),
    versions: read("versions"),
    deleteVersion: write("deleteVersion"),
    putAlias: write("putAlias"),
    aliases: read("aliases"),
    deleteAlias: write("deleteAlias"),
    note: read("note"),
    putNote: write("putNote"),
    document: read("document"),
    documents: read("documents"),
    putDocument: write("putDocument"),
    deleteDocument: write("deleteDocument"),
    putActivity: write("putActivity"),
    activity: read("activity"),
    activities: read("activities"),
    deleteActivity: write("deleteActivity"),

    putMapRun: write("putMapRun"),
    mapRun: read("mapRun"),
    mapRuns: read("mapRuns"),
    runningMapRuns: read("runningMapRuns"),
    mapRunChildren: read("mapRunChildren"),

    secret: read("secret"),
    deleteClosed: write("deleteClosed"),
    packClosed: write("packClosed"),
    close() {
      closing ??= closeBoth(reader, writer);
      return closing;
    },
  };
}

async function openBoth(options: ThreadOptions): Promise<[ThreadChannel, ThreadChannel]> {
  const opening = [openThread(options), openThread({ ...options, role: "reader" })] as const;
  try {
    const [writer, reader] = await Promise.all(opening);
    // The first call opens the reader's connection: what is wrong with it should be known now.
    await reader.call("secret", []);
    return [writer, reader];
  } catch (error) {
    const threads = await Promise.allSettled(opening);
    for (const thread of threads) if (thread.status === "fulfilled") await thread.value.close();
    throw error;
  }
}

/** The calls of one thread as methods of the port. */
function callOf<S extends Sync<object>>(channel: ThreadChannel) {
  return <M extends keyof S & string>(
    method: M,
  ): S[M] extends (...parameters: infer P) => infer R ? (...parameters: P) => Promise<R> : never =>
    ((...parameters: unknown[]) => channel.call(method, parameters)) as never;
}

async function closeBoth(reader: ThreadChannel, writer: ThreadChannel): Promise<void> {
  // The writer goes last: the last connection to close empties the write-ahead log.
  const reading = reader.close();
  await Promise.all([reading, writer.close(reading)]);
}

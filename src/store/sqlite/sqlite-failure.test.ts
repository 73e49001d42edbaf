import { expect, test } from "vitest";
import { StoreFailure } from "../../ports/store.ts";
import { failureOf } from "./sqlite-failure.ts";

const sqliteError = (errcode: number) => Object.assign(new Error("said SQLite"), { errcode });
const systemError = (code: string) =>
  Object.assign(new Error(`${code}: said the system`), { code, syscall: "open" });

test.each([
  ["a full disk", sqliteError(13), "full"],
  ["a failed fsync", sqliteError(10 | (4 << 8)), "fatal"],
  ["a failed fsync of a directory", sqliteError(10 | (5 << 8)), "fatal"],
  ["a failed write", sqliteError(10 | (3 << 8)), "fatal"],
  ["a failed read", sqliteError(10 | (1 << 8)), "fatal"],
  ["a damaged page", sqliteError(11), "fatal"],
  ["no memory", sqliteError(7), "fatal"],
  ["another program's lock", sqliteError(5), "unavailable"],
  ["a file that cannot be opened", sqliteError(14), "unavailable"],
  ["a file that may only be read", sqliteError(8), "unavailable"],
  ["no room for a new file", systemError("ENOSPC"), "full"],
  ["no permission for a directory", systemError("EACCES"), "unavailable"],
])(
  "%s is a failure of its own kind, which names the directory and keeps its cause",
  (_, error, kind) => {
    const failure = failureOf(error, "/data/here");
    expect(failure).toBeInstanceOf(StoreFailure);
    expect(failure).toMatchObject({ kind, cause: error });
    expect((failure as Error).message).toContain("/data/here");
  },
);

test.each([
  ["a broken constraint", sqliteError(19 | (8 << 8))],
  ["a wrong statement", sqliteError(1)],
  ["an error of ours", new Error("the store refuses a write")],
  ["a failure that has its kind", new StoreFailure("newer", "made by a newer version")],
])("%s stays what it is", (_, error) => {
  expect(failureOf(error, "/data/here")).toBe(error);
});

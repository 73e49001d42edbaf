import { readFileSync } from "node:fs";

/** What a file says, without the mark that some editors put before it. Throws what Node throws. */
export function textOf(path: string): string {
  return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
}

/** Why a file could not be read, in words. */
export function readProblem(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "there is no such file.";
    case "EISDIR":
      return "it is a folder.";
    case "EACCES":
      return "this user may not read it.";
    default:
      return error instanceof Error ? error.message : String(error);
  }
}

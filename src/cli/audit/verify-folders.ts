import { join } from "node:path";
import { UsageError } from "../errors.ts";
import { headOf } from "./print-heads.ts";
import { type Tampering, verifyTrail } from "../../iam/audit/verify-trail.ts";

const words: { readonly [T in Tampering]: string } = {
  changed: "was changed",
  removed: "lacks lines next to it that were written",
  inserted: "or the one before it was inserted",
  rewritten: "is not what the chain had come to at the head that was given",
  found: "says that the server found the log changed when it started",
};

export interface VerifyOptions {
  readonly json?: boolean | undefined;
  /** What `stepwell audit head` has printed. */
  readonly head?: string | undefined;
}

/** Verifies each log, prints what is wrong with it, and says whether nothing is. */
export async function verifyFolders(
  folders: readonly string[],
  { json = false, head }: VerifyOptions,
): Promise<number> {
  const anchor = head === undefined ? undefined : headOf(head);
  if (anchor !== undefined && folders.length > 1) {
    throw new UsageError(
      "--head is of one log: give the --data-dir of a folder that has one only.",
    );
  }
  let isWhole = true;
  for (const folder of folders) {
    const verified = await verifyTrail(folder, anchor);
    isWhole &&= verified.problems.length === 0;
    if (json) {
      process.stdout.write(`${JSON.stringify({ folder, ...verified })}\n`);
      continue;
    }
    for (const { file, line, tampering } of verified.problems) {
      process.stdout.write(`${join(folder, file)}:${line}: this line ${words[tampering]}\n`);
    }
    const { records, files, isTorn, problems } = verified;
    const outcome = problems.length === 0 ? "as they were written" : "not as they were written";
    const torn = isTorn ? "; the last line is not whole, as after a crash" : "";
    process.stdout.write(`${folder}: ${records} records in ${files} files, ${outcome}${torn}\n`);
  }
  return isWhole ? 0 : 1;
}

import { readHead } from "../../iam/audit/audit-folder.ts";
import type { ChainEnd } from "../../iam/audit/chain.ts";
import { CommandFailure, UsageError } from "../errors.ts";

/** Prints where the chain of each log has come to, to be kept where the server cannot write. */
export async function printHeads(
  folders: readonly string[],
  { json = false }: { readonly json?: boolean | undefined },
): Promise<number> {
  for (const folder of folders) {
    const head = await readHead(folder);
    if (head === undefined) throw new CommandFailure(`The log in ${folder} has no head.`);
    const place = folders.length > 1 ? ` ${folder}` : "";
    process.stdout.write(
      json ? `${JSON.stringify({ folder, ...head })}\n` : `${textOf(head)}${place}\n`,
    );
  }
  return 0;
}

/** `1234:9f86d081…`: a record's number, and the hash of its line. */
function textOf({ sequence, hash }: ChainEnd): string {
  return `${sequence}:${hash}`;
}

/** Reads what {@link printHeads} has printed. */
export function headOf(text: string): ChainEnd {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (sequence !== undefined && hash !== undefined) return { sequence: Number(sequence), hash };
  throw new UsageError(`--head is what 'stepwell audit head' has printed, not '${text}'.`);
}

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { zip, type ZipEntry } from "../../deploy/zip.ts";
import { CommandFailure } from "../errors.ts";

/** *Documented*: what a function's code may be, unpacked. */
const mostBytes = 250 * 1024 * 1024;

/** What is in a folder of code and no part of it. */
const leftOut = new Set([".git", ".DS_Store", "__pycache__", ".aws-sam", ".serverless"]);

/** A folder or a file as an archive; an archive as it is. */
export function packed(path: string): Uint8Array {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    throw new CommandFailure(`There is no ${path}, which the template names.`);
  if (!stat.isDirectory()) {
    const content = readFileSync(path);
    const isArchive = /\.(?:zip|jar|war)$/.test(path);
    return isArchive ? content : zip([{ name: basename(path), content }]);
  }
  const entries: ZipEntry[] = [];
  let bytes = 0;
  const visit = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (leftOut.has(entry.name)) continue;
      const file = join(folder, entry.name);
      const name = `${prefix}${entry.name}`;
      const { mode, size } = statSync(file, { throwIfNoEntry: false }) ?? { mode: 0, size: 0 };
      if (entry.isDirectory()) visit(file, `${name}/`);
      else if (mode !== 0) {
        bytes += size;
        if (bytes > mostBytes) {
          throw new CommandFailure(`${path} has more than 250 MB, which no function may have.`);
        }
        entries.push({ name, content: readFileSync(file), isExecutable: (mode & 0o100) !== 0 });
      }
    }
  };
  visit(path, "");
  return zip(entries);
}

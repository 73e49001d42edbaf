import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { maxUnzippedBytes } from "../../integrations/functions/archive/read-zip.ts";
import { writeZip, type ZipFile } from "../../integrations/functions/archive/write-zip.ts";
import { CommandFailure } from "../errors.ts";

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
    return isArchive ? content : writeZip([{ path: basename(path), content }]);
  }
  const files: ZipFile[] = [];
  let bytes = 0;
  const visit = (folder: string, prefix: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (leftOut.has(entry.name)) continue;
      const file = join(folder, entry.name);
      const inFolder = `${prefix}${entry.name}`;
      const { mode, size } = statSync(file, { throwIfNoEntry: false }) ?? { mode: 0, size: 0 };
      if (entry.isDirectory()) visit(file, `${inFolder}/`);
      else if (mode !== 0) {
        bytes += size;
        if (bytes > maxUnzippedBytes) {
          throw new CommandFailure(`${path} has more than 250 MB, which no function may have.`);
        }
        const isExecutable = (mode & 0o100) !== 0;
        files.push({ path: inFolder, content: readFileSync(file), isExecutable });
      }
    }
  };
  visit(path, "");
  return writeZip(files);
}

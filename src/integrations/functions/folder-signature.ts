import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** Our choice: what no one edits by hand, and what may be large. */
const ignored = /^(?:node_modules|__pycache__|\..*)$/;
/** Our choice: a folder with more files is watched as to the first of them. */
const maxFiles = 2_000;

/** A text that changes when a file in the folder changes, appears or goes: names, sizes and times of change. */
export function folderSignature(folder: string): string {
  const parts: string[] = [];
  const pending = [folder];
  for (let current = pending.pop(); current !== undefined; current = pending.pop()) {
    for (const entry of entries(current)) {
      if (ignored.test(entry.name)) continue;
      const path = join(current, entry.name);
      if (entry.isDirectory()) pending.push(path);
      else {
        const status = statSync(path, { throwIfNoEntry: false });
        if (status !== undefined)
          parts.push(`${path}:${status.mtimeMs}:${status.size}:${status.ino}`);
      }
      if (parts.length >= maxFiles) return parts.join("\n");
    }
  }
  return parts.join("\n");
}

function entries(folder: string): readonly Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

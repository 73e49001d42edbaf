import type { ImportedFile } from "./imported-file.ts";

/** Whoever comes back to the page finds the file as it was left; a reload forgets it. */
let held: ImportedFile | undefined;

export function heldFile(): ImportedFile | undefined {
  return held;
}

/** What the page of imported histories shows next, or (absent) nothing. */
export function holdImported(file: ImportedFile | undefined): void {
  held = file;
}

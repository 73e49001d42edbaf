import { join } from "node:path";
import { pathToFileURL } from "node:url";

const output = join(import.meta.dirname, "..", "..", "dist");

/** A module of the package as it is compiled: what users run is what is measured. */
export async function compiled<T>(path: string): Promise<T> {
  return (await import(pathToFileURL(join(output, `${path}.js`)).href)) as T;
}

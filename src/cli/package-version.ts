import { readFileSync } from "node:fs";

/** The version of this Stepwell, as its package says. */
export function packageVersion(): string {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}

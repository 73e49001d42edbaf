import type { FunctionRecord } from "./function-record.ts";

/**
 * The version that a qualifier means: `$LATEST`, a number or an alias, of which `draw` (from 0 to 1) decides where it leads to two.
 * `undefined`: there is none. Absent it is `$LATEST`.
 */
export function versionOf(
  { aliases, latest, lastVersion }: FunctionRecord,
  qualifier: string | undefined,
  draw: number,
): string | undefined {
  if (qualifier === undefined || qualifier === latest.version) return latest.version;
  if (/^\d+$/.test(qualifier)) return Number(qualifier) <= lastVersion ? qualifier : undefined;
  const alias = Object.hasOwn(aliases, qualifier) ? aliases[qualifier] : undefined;
  if (alias === undefined) return undefined;
  let below = 0;
  for (const [version, weight] of Object.entries(alias.weights)) {
    below += weight;
    if (draw < below) return version;
  }
  return alias.version;
}

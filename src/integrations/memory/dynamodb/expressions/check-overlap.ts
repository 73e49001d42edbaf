import { type Path, pathText } from "./syntax.ts";
import type { TokenReader } from "./token-reader.ts";

/** *Documented*: no two paths of an expression may concern the same value, nor one what another is within. */
export function checkOverlap(reader: TokenReader, paths: readonly Path[], path: Path): void {
  for (const other of paths) {
    const length = Math.min(path.length, other.length);
    for (let index = 0; index <= length; index += 1) {
      const both = `must remove or rewrite one of these paths; path one: ${pathText(other)}, path two: ${pathText(path)}`;
      if (index === length) {
        reader.find("overlap", `Two document paths overlap with each other; ${both}`);
      } else if (typeof other[index] !== typeof path[index]) {
        reader.find("conflict", `Two document paths conflict with each other; ${both}`);
        break;
      } else if (other[index] !== path[index]) break;
    }
  }
}

import { checkOverlap } from "./check-overlap.ts";
import type { ExpressionNames } from "./expression-names.ts";
import type { Path } from "./syntax.ts";
import { TokenReader } from "./token-reader.ts";

/** The paths of a projection expression. */
export function parseProjection(expression: string, names: ExpressionNames): readonly Path[] {
  const reader = new TokenReader("ProjectionExpression", expression, { names });
  const paths: Path[] = [];
  do {
    const path = reader.path();
    checkOverlap(reader, paths, path);
    paths.push(path);
  } while (reader.symbol(",") !== undefined);
  reader.expectEnd();
  reader.refuseFound(["reserved", "undefined", "overlap", "conflict"]);
  return paths;
}

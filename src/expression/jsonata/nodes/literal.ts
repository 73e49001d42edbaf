import type { LiteralNode } from "../syntax-tree.ts";
import type { Evaluate } from "./evaluate.ts";

export function compileLiteral({ value }: LiteralNode): Evaluate {
  return () => value;
}

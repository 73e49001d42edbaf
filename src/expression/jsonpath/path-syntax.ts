import type { JsonValue } from "../json.ts";

/** One step of a path, as the parser leaves it. */
export type Segment =
  | { readonly type: "member"; readonly name: string }
  | { readonly type: "members"; readonly names: readonly string[] }
  | { readonly type: "index"; readonly index: number }
  | { readonly type: "indexes"; readonly indexes: readonly number[] }
  | { readonly type: "slice"; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly type: "wildcard" }
  | { readonly type: "scan" }
  | { readonly type: "filter"; readonly filter: FilterExpression }
  | {
      readonly type: "function";
      readonly name: string;
      readonly arguments: readonly FilterOperand[];
    };

/** A path inside a filter or as an argument: from the filtered item (`@`) or from the document (`$`). */
export interface InnerPath {
  readonly from: "item" | "document";
  readonly segments: readonly Segment[];
}

export type FilterOperand =
  | { readonly type: "literal"; readonly value: JsonValue }
  | { readonly type: "path"; readonly path: InnerPath }
  | { readonly type: "pattern"; readonly source: string; readonly flags: string };

export const filterOperators = [
  "==",
  "===",
  "!=",
  "!==",
  "<",
  "<=",
  ">",
  ">=",
  "=~",
  "IN",
  "NIN",
  "CONTAINS",
  "ALL",
  "SIZE",
  "EXISTS",
  "TYPE",
  "MATCHES",
  "EMPTY",
  "SUBSETOF",
  "ANYOF",
  "NONEOF",
] as const;
export type FilterOperator = (typeof filterOperators)[number];

export type FilterExpression =
  | { readonly type: "and" | "or"; readonly operands: readonly FilterExpression[] }
  | { readonly type: "not"; readonly operand: FilterExpression }
  | { readonly type: "exists"; readonly path: InnerPath }
  | {
      readonly type: "compare";
      readonly operator: FilterOperator;
      readonly left: FilterOperand;
      readonly right: FilterOperand;
    };

/** Whether the segments can select at most one node. Several names at the end give one merged object. */
export function isDefinite(segments: readonly Segment[]): boolean {
  return segments.every((segment, position) => {
    switch (segment.type) {
      case "member":
      case "index":
      case "function":
        return true;
      case "members":
        return position === segments.length - 1;
      case "indexes":
      case "slice":
      case "wildcard":
      case "scan":
      case "filter":
        return false;
    }
  });
}

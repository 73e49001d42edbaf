import type { Attribute } from "../attribute.ts";

/** The way to a value: a name, then names of members of maps and indices of lists. */
export type Path = readonly [string, ...(string | number)[]];

export type Operand =
  | { readonly type: "path"; readonly path: Path }
  /** A `:value`; `undefined` if the request does not define it, which is an error by itself. */
  | { readonly type: "value"; readonly value: Attribute | undefined }
  | FunctionCall
  | {
      readonly type: "sum";
      readonly operator: "+" | "-";
      readonly left: Operand;
      readonly right: Operand;
    };

export interface FunctionCall {
  readonly type: "function";
  readonly name: string;
  readonly args: readonly Operand[];
}

export type Comparator = "=" | "<>" | "<" | "<=" | ">" | ">=";

export type Condition =
  | { readonly type: "and" | "or"; readonly left: Condition; readonly right: Condition }
  | { readonly type: "not"; readonly condition: Condition }
  | {
      readonly type: "compare";
      readonly comparator: Comparator;
      readonly left: Operand;
      readonly right: Operand;
    }
  | {
      readonly type: "between";
      readonly operand: Operand;
      readonly low: Operand;
      readonly high: Operand;
    }
  | { readonly type: "in"; readonly operand: Operand; readonly options: readonly Operand[] }
  | FunctionCall;

/** One action of an update expression. */
export type UpdateAction =
  | { readonly type: "SET"; readonly path: Path; readonly value: Operand }
  | { readonly type: "REMOVE"; readonly path: Path }
  | { readonly type: "ADD" | "DELETE"; readonly path: Path; readonly value: Attribute };

/** As DynamoDB writes a path in its errors: `[a, [0], b]`. */
export function pathText(path: Path): string {
  return `[${path.map((step) => (typeof step === "number" ? `[${step}]` : step)).join(", ")}]`;
}

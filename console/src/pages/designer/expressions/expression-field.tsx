import type { ReactNode } from "react";
import type { ExpressionSort } from "./expression.ts";

export interface ExpressionFieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly aside?: ReactNode;
  /** The text without `{%` and `%}`. */
  readonly value: string;
  readonly sort: ExpressionSort;
  /** What was typed, after a pause and when the field is left. */
  readonly onChange: (value: string) => void;
}

/** An expression to type: completed from the pinned data of the inspected state, with its result or error beneath. */
export function ExpressionField(_props: ExpressionFieldProps): ReactNode {
  return null;
}

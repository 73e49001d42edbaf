import type { ActionDesk } from "./actions/action-desk.ts";
import type { ExpressionDesk } from "./expressions/expression-desk.ts";

/** Whom the designer asks. */
export interface DesignerDesks {
  readonly actions: ActionDesk;
  readonly expressions: ExpressionDesk;
}

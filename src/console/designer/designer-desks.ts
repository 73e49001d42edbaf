import type { ConvertDesk } from "./convert/convert-desk.ts";
import type { PermissionDesk } from "./permission-desk.ts";
import type { TryDesk } from "./try/try-desk.ts";
import type { ActionDesk } from "./actions/action-desk.ts";
import type { ExpressionDesk } from "./expressions/expression-desk.ts";

/** Whom the designer asks. */
export interface DesignerDesks {
  readonly actions: ActionDesk;
  readonly convert: ConvertDesk;
  readonly expressions: ExpressionDesk;
  readonly permissions: PermissionDesk;
  readonly trying: TryDesk;
}

import type { AskedField } from "../../../../../src/console/view-types.ts";
import type { CompletionQuestion } from "../../../designer/completion/candidate.ts";

/**
 * What an expression is: how it is completed, and how the server is asked what it comes to. `template` is any JSON, with
 * expressions in its texts (JSONata) or in its members with `.$` (JSONPath).
 */
export interface ExpressionSort extends Pick<AskedField, "expected" | "of"> {
  readonly kind: AskedField["kind"] | "template";
  /** What the server's errors name it: `Output`, `Choices[0]/Condition`. */
  readonly field: string;
  readonly allowed?: CompletionQuestion["allowed"];
}

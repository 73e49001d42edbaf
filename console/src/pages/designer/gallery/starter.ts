import type { TestCase } from "../../../../../src/console/view-types.ts";

/** A workflow to begin with: complete and valid, with test cases by which it runs at once and calls nothing. */
export interface Starter {
  /** What the address and the texts know it by. */
  readonly id: string;
  readonly type: "STANDARD" | "EXPRESS";
  /** JSON text, laid out. */
  readonly definition: string;
  /** JSON text of an input that suits it. */
  readonly input: string;
  /** In the mock file's format; the first is what happens as a rule. */
  readonly cases: readonly TestCase[];
}

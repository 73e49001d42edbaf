import type { EvaluationScope, StatesVariable } from "../evaluation.ts";
import { ExpressionSyntaxError } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { builtins } from "./builtins.ts";
import { defaultLimits } from "./limits.ts";
import { plainSelection, plainValue } from "./plain-value.ts";
import { prepareExpression, type PreparedExpression } from "./prepared-expressions.ts";
import type { StatesMember } from "./static-checks.ts";
import type { SyntaxNode } from "./syntax-tree.ts";
import type { Value } from "./value.ts";

/** A compiled JSONata expression of Step Functions: no input document, `$states` and the machine's variables. */
export interface JsonataExpression {
  readonly text: string;
  /** Names of the machine's variables that it reads (without `states` and functions). */
  readonly variables: ReadonlySet<string>;
  /** Whether it only selects a part of what is given to it; what others give has been looked through, and charged. */
  readonly onlySelects: boolean;
  /**
   * The result as JSON, or undefined if there is none. `states` is the value of `$states`, from
   * {@link statesValue}. Throws a JsonataError, or an UnsupportedResult for a function.
   */
  evaluate(states: Value, scope: EvaluationScope): JsonValue | undefined;
}

/**
 * Compiles an expression. Throws an ExpressionSyntaxError, with the message that AWS gives, also for a
 * reference to what Step Functions does not have.
 */
export function compileJsonata(
  text: string,
  allowed: readonly StatesMember[] = [],
  prepared: PreparedExpression = prepareExpression(text),
): JsonataExpression {
  const tree = prepared.tree();
  const members: readonly (string | undefined)[] = allowed;
  const refused = prepared
    .unsupported()
    .find(({ member }) => member === undefined || !members.includes(member));
  if (refused !== undefined) throw new ExpressionSyntaxError(refused.message);
  const expression = prepared.compiled();
  const isSelection = onlySelects(tree);
  const plain = isSelection ? plainSelection : plainValue;
  const variables = [...expression.freeNames].filter(
    (name) => name !== "states" && !builtins.has(name),
  );
  return {
    text,
    variables: new Set(variables),
    onlySelects: isSelection,
    evaluate: (states, scope) => {
      const lookup = (name: string): Value =>
        name === "states" ? states : (scope.variables.lookup(name) as Value);
      const environment = {
        document: undefined,
        lookup,
        random: scope.random,
        now: scope.now,
        meter: scope.steps,
      };
      return expression.evaluate(environment, defaultLimits, plain);
    },
  };
}

/** The value of `$states`. */
export function statesValue(states: StatesVariable, scope: EvaluationScope): Value {
  return { ...states, context: scope.context } as Value;
}

/**
 * Whether the result can only be a part of JSON, or a sequence of such: a path of names from a variable, the
 * most frequent expression. Results of others are looked through for what is not JSON.
 */
function onlySelects(tree: SyntaxNode): boolean {
  if (tree.type !== "path" || tree.group !== undefined) return false;
  const [first, ...names] = tree.steps;
  return (
    first?.type === "variable" &&
    names.length > 0 &&
    names.every((step) => step.type === "name" && step.tuple !== true) &&
    first.tuple !== true
  );
}

import { ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import { compilePath, searchedBy } from "../jsonpath/compile-path.ts";
import { quoted } from "../jsonpath/path-errors.ts";
import { arrayFunctions } from "./array-functions.ts";
import { encodingFunctions } from "./encoding-functions.ts";
import { hashFunctions } from "./hash-functions.ts";
import { InvalidArguments, intrinsicFailure } from "./intrinsic-error.ts";
import type { IntrinsicFunction } from "./intrinsic-function.ts";
import type { IntrinsicExpression } from "./intrinsic.ts";
import { jsonFunctions } from "./json-functions.ts";
import { mathFunctions } from "./math-functions.ts";
import { parseIntrinsic, type IntrinsicNode } from "./parse-intrinsic.ts";
import { stringFunctions } from "./string-functions.ts";
import { uuidFunctions } from "./uuid-functions.ts";

const functions: ReadonlyMap<string, IntrinsicFunction> = new Map(
  Object.entries<IntrinsicFunction>({
    ...stringFunctions,
    ...arrayFunctions,
    ...jsonFunctions,
    ...mathFunctions,
    ...encodingFunctions,
    ...hashFunctions,
    ...uuidFunctions,
  }),
);

type Evaluate = IntrinsicExpression["evaluate"];

/**
 * Compiles an intrinsic function call. Throws an ExpressionSyntaxError for what is no call, for a
 * function that there is not and for a bad path; a wrong number of arguments is found when it is called
 * (*observed*).
 */
export function compileIntrinsic(text: string): IntrinsicExpression {
  const variables = new Set<string>();
  return { text, variables, evaluate: compileCall(parseIntrinsic(text), variables) };
}

function compileCall(call: IntrinsicNode & { type: "call" }, variables: Set<string>): Evaluate {
  const { name, text } = call;
  const intrinsic = functions.get(name);
  if (intrinsic === undefined) throw new ExpressionSyntaxError(`There is no function '${name}'`);
  const given = call.given.map((argument, position) =>
    compileArgument(argument, text, variables, name === "States.Format" && position === 0),
  );
  const { minimumArguments, maximumArguments } = intrinsic;
  const hasItsArguments = given.length >= minimumArguments && given.length <= maximumArguments;
  return (input, scope) => {
    const values = given.map((argument) => argument(input, scope));
    if (!hasItsArguments) {
      throw intrinsicFailure(text, `Invalid arguments in ${name}: ${given.length} given`);
    }
    return run(intrinsic, name, text, values, scope);
  };
}

function run(
  intrinsic: IntrinsicFunction,
  name: string,
  text: string,
  values: readonly JsonValue[],
  scope: EvaluationScope,
): JsonValue {
  try {
    return intrinsic.run(values, scope);
  } catch (error) {
    if (!(error instanceof InvalidArguments)) throw error;
    throw intrinsicFailure(text, `Invalid arguments in ${name}: ${error.message}`);
  }
}

function compileArgument(
  argument: IntrinsicNode,
  call: string,
  variables: Set<string>,
  isTemplate: boolean,
): Evaluate {
  switch (argument.type) {
    case "call":
      return compileCall(argument, variables);
    case "literal":
      return () => argument.value;
    case "string": {
      const value = isTemplate ? argument.raw : argument.raw.replaceAll(/\\(.)/gs, "$1");
      return () => value;
    }
    case "path":
      return compilePathArgument(argument, call, variables);
  }
}

function compilePathArgument(
  { text, position }: IntrinsicNode & { type: "path" },
  call: string,
  variables: Set<string>,
): Evaluate {
  const path = movedPlace(position, () => compilePath(text));
  if (path.variable !== undefined) variables.add(path.variable);
  return (input, scope) => {
    const value = path.find(input, scope);
    if (value !== undefined) return value;
    const searched = searchedBy(path, input, scope);
    if (searched === undefined) return path.evaluate(input, scope);
    throw intrinsicFailure(
      call,
      `The JsonPath argument for the field '${text}' could not be found in the input '${quoted(searched)}'`,
    );
  };
}

/** What fails in a part of the text that begins at `offset` fails at a place in the whole. */
function movedPlace<T>(offset: number, compile: () => T): T {
  try {
    return compile();
  } catch (thrown) {
    if (!(thrown instanceof ExpressionSyntaxError) || thrown.place === undefined) throw thrown;
    const { from, to } = thrown.place;
    throw new ExpressionSyntaxError(thrown.message, { from: from + offset, to: to + offset });
  }
}

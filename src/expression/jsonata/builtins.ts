import { ExactNumber, toDouble } from "../exact-number.ts";
import { Callable, type Implementation } from "./callable.ts";
import { aggregationFunctions } from "./functions/aggregation.ts";
import { arrayFunctions } from "./functions/array.ts";
import { awsFunctions } from "./functions/aws.ts";
import { booleanFunctions } from "./functions/boolean.ts";
import { dateTimeFunctions } from "./functions/date-time.ts";
import type { Definitions } from "./functions/definition.ts";
import { encodingFunctions } from "./functions/encoding.ts";
import { higherOrderFunctions } from "./functions/higher-order.ts";
import { matchingFunctions } from "./functions/matching.ts";
import { numericFunctions } from "./functions/numeric.ts";
import { objectFunctions } from "./functions/object.ts";
import { pictureFunctions } from "./functions/picture.ts";
import { stringFunctions } from "./functions/string.ts";
import { compileSignature } from "./signature.ts";

/**
 * All builtin functions by name: JSONata's without `$eval`, which calls to are calls to nothing (T1006, as on
 * AWS, *observed*), and those that Step Functions adds.
 */
export const builtins: ReadonlyMap<string, Callable> = functionsOf(
  stringFunctions,
  matchingFunctions,
  encodingFunctions,
  numericFunctions,
  pictureFunctions,
  aggregationFunctions,
  booleanFunctions,
  arrayFunctions,
  objectFunctions,
  higherOrderFunctions,
  dateTimeFunctions,
  awsFunctions,
);

function functionsOf(...families: readonly Definitions[]): ReadonlyMap<string, Callable> {
  return new Map(
    families.flatMap((family) =>
      Object.entries(family).map(([name, { arity, implementation, signature }]) => [
        name,
        new Callable(
          arity,
          computes(signature) ? onDoubles(implementation) : implementation,
          compileSignature(signature),
          name,
        ),
      ]),
    ),
  );
}

/** Whether a function has a parameter that is a number: it computes with it, and hands nothing on. */
function computes(signature: string): boolean {
  const [parameters = ""] = signature.split(":");
  return parameters.replaceAll("<n>", "").includes("n");
}

function onDoubles(implementation: Implementation): Implementation {
  return (args, run, input) =>
    implementation(
      args.some((argument) => argument instanceof ExactNumber) ? args.map(toDouble) : args,
      run,
      input,
    );
}

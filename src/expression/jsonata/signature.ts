import { toDouble } from "../exact-number.ts";
import { isFunction } from "./callable.ts";
import { jsonataError } from "./jsonata-error.ts";
import type { Run } from "./run.ts";
import { parseParameters, type Parameter } from "./parse-signature.ts";
import { isItems, type Items, type Value } from "./value.ts";

/** The declared parameters of a function, such as `<s-nn?:s>`. */
export interface Signature {
  /**
   * The arguments as the function wants them: single values wrapped where it takes an array, the context item
   * in place of a missing argument. Throws T0410, T0411 or T0412.
   */
  check(
    args: readonly Value[],
    context: Value,
    token: string | undefined,
    run: Run,
  ): readonly Value[];
}

/**
 * Compiles a signature as JSONata documents them: `s n b l o a f j x`, choices `(ns)`, item types `a<n>`, and
 * the suffixes `-` (context), `?` (optional) and `+` (one or more). What follows the colon is not checked.
 *
 * Our own, although the package has one: its validator takes any input object with a certain member for a
 * function, and matches with a backtracking regular expression that a lambda's author can write.
 */
export function compileSignature(definition: string): Signature {
  const parameters = parseParameters(definition);
  const fits = parameters.every((parameter) => parameter.occurs !== "repeated");
  return {
    check(args, context, token, run) {
      if (fits && args.length === parameters.length && fitsAsIs(args, parameters, run)) return args;
      run.spend((parameters.length * args.length) / 8);
      const counts = countArguments(parameters, args, args.length);
      if (counts === undefined) {
        run.spend((parameters.length ** 2 * args.length) / 64);
        throw mismatch(parameters, args, token);
      }
      return assign(parameters, counts, args, context, token, run);
    },
  };
}

/** Nothing missing, nothing to wrap: by far the most frequent call. */
function fitsAsIs(args: readonly Value[], parameters: readonly Parameter[], run: Run): boolean {
  for (let index = 0; index < args.length; index++) {
    const argument = args[index];
    const parameter = parameters[index] as Parameter;
    const type = typeOf(argument);
    if (type === "m" || !parameter.types.includes(type)) return false;
    if (parameter.isArray) {
      if (type !== "a") return false;
      if (
        parameter.itemType !== undefined &&
        !allOfType(argument as Items, parameter.itemType, run)
      )
        return false;
    }
  }
  return true;
}

/**
 * How many arguments each parameter takes, as many as possible from the left, so that the first `end`
 * arguments are used up; undefined if that cannot be done.
 */
function countArguments(
  parameters: readonly Parameter[],
  args: readonly Value[],
  end: number | undefined,
): readonly number[] | undefined {
  const types = args.map(typeOf);
  const width = args.length + 1;
  // reachable[p * width + a]: parameters from p on can take the arguments from a on.
  const reachable = new Uint8Array((parameters.length + 1) * width);
  for (let a = 0; a < width; a++) {
    reachable[parameters.length * width + a] = end === undefined || a === end ? 1 : 0;
  }
  const takes = (p: number, a: number) =>
    a < args.length && (parameters[p] as Parameter).types.includes(types[a] as string);
  for (let p = parameters.length - 1; p >= 0; p--) {
    const { occurs } = parameters[p] as Parameter;
    for (let a = width - 1; a >= 0; a--) {
      const skip = occurs === "optional" && reachable[(p + 1) * width + a] === 1;
      const take =
        takes(p, a) &&
        (reachable[(p + 1) * width + a + 1] === 1 ||
          (occurs === "repeated" && reachable[p * width + a + 1] === 1));
      reachable[p * width + a] = skip || take ? 1 : 0;
    }
  }
  if (reachable[0] !== 1) return undefined;
  const counts: number[] = [];
  let a = 0;
  for (let p = 0; p < parameters.length; p++) {
    const { occurs } = parameters[p] as Parameter;
    let count = 0;
    if (occurs === "repeated") {
      for (let taken = 1; takes(p, a + taken - 1); taken++) {
        if (reachable[(p + 1) * width + a + taken] === 1) count = taken;
      }
    } else if (takes(p, a) && reachable[(p + 1) * width + a + 1] === 1) count = 1;
    counts.push(count);
    a += count;
  }
  return counts;
}

function assign(
  parameters: readonly Parameter[],
  counts: readonly number[],
  args: readonly Value[],
  context: Value,
  token: string | undefined,
  run: Run,
): readonly Value[] {
  const assigned: Value[] = [];
  let next = 0;
  parameters.forEach((parameter, p) => {
    const count = counts[p] as number;
    if (count === 0 && parameter.usesContext) {
      if (!parameter.types.includes(typeOf(context))) {
        throw jsonataError("T0411", { value: context, index: next + 1, token });
      }
      assigned.push(context);
      return;
    }
    // An optional parameter without an argument still uses up a position. Observed.
    for (let taken = 0; taken < Math.max(count, 1); taken++, next++) {
      const argument = args[next];
      assigned.push(
        parameter.isArray && count > 0
          ? asArray(argument, parameter, count, next, token, run)
          : argument,
      );
    }
  });
  return assigned;
}

function asArray(
  argument: Value,
  parameter: Parameter,
  count: number,
  index: number,
  token: string | undefined,
  run: Run,
): Value {
  if (argument === undefined) return undefined;
  const { itemType } = parameter;
  if (itemType !== undefined) {
    const isFine = isItems(argument)
      ? allOfType(argument, itemType, run)
      : count === 1 && typeOf(argument) === itemType;
    if (!isFine) {
      const type = pluralOfType[itemType as keyof typeof pluralOfType];
      throw jsonataError("T0412", { value: argument, index: index + 1, token, type });
    }
  }
  return isItems(argument) ? argument : [argument];
}

const pluralOfType = {
  a: "arrays",
  b: "booleans",
  f: "functions",
  n: "numbers",
  o: "objects",
  s: "strings",
} as const;

function allOfType(items: Items, itemType: string, run: Run): boolean {
  run.spendItems(items.length);
  const type = itemType.charAt(0);
  // Most arrays that are checked hold numbers.
  if (type === "n") return items.every((item) => typeof toDouble(item) === "number");
  for (let index = 0; index < items.length; index++) {
    if (typeOf(items[index]) !== type) return false;
  }
  return true;
}

/** T0410, naming the first argument that the parameters up to it cannot take. */
function mismatch(
  parameters: readonly Parameter[],
  args: readonly Value[],
  token: string | undefined,
): Error {
  let good = 0;
  for (let end = 1; end <= parameters.length; end++) {
    const counts = countArguments(parameters.slice(0, end), args, undefined);
    if (counts === undefined) break;
    good = counts.reduce((sum, count) => sum + count, 0);
  }
  return jsonataError("T0410", { value: args[good], index: good + 1, token });
}

function typeOf(given: Value): string {
  const value = toDouble(given);
  if (typeof value === "string") return "s";
  if (typeof value === "number") return "n";
  if (typeof value === "boolean") return "b";
  if (value === undefined) return "m";
  if (value === null) return "l";
  if (isItems(value)) return "a";
  return isFunction(value) ? "f" : "o";
}

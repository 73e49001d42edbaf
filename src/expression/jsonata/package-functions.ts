import jsonata from "jsonata";
import { errorOfPackage } from "./jsonata-error.ts";

/** The functions of the package that are used as they are: pictures of numbers and dates. */
export interface PackageFunctions {
  readonly formatNumber: PackageFunction;
  readonly formatInteger: PackageFunction;
  readonly parseInteger: PackageFunction;
  readonly fromMillis: PackageFunction;
  readonly toMillis: PackageFunction;
}
type PackageFunction = (this: unknown, ...args: unknown[]) => unknown;

const names = ["formatNumber", "formatInteger", "parseInteger", "fromMillis", "toMillis"] as const;

/**
 * Obtains the functions' implementations, which are synchronous and pure.
 *
 * The package evaluates asynchronously, but calls the hook that debuggers use while it starts, with the
 * environment in which its functions are bound. *Observed.*
 */
function obtainFunctions(): PackageFunctions {
  const found: Record<string, PackageFunction> = {};
  const expression = jsonata("null");
  const onEntry = (_: unknown, __: unknown, environment: jsonata.Environment): void => {
    for (const name of names) {
      const bound = environment.lookup(name) as { implementation: PackageFunction };
      found[name] = bound.implementation;
    }
  };
  expression.assign(Symbol.for("jsonata.__evaluate_entry") as unknown as string, onEntry);
  void expression.evaluate(null);
  for (const name of names) {
    if (typeof found[name] !== "function") {
      throw new Error(`The jsonata package no longer gives access to $${name}.`);
    }
  }
  return found as unknown as PackageFunctions;
}

const functions = obtainFunctions();

/** Calls a function of the package; its errors become ours. */
export function callPackage(
  name: keyof PackageFunctions,
  args: readonly unknown[],
  now = 0,
): unknown {
  try {
    return functions[name].apply({ environment: { timestamp: new Date(now) } }, [...args]);
  } catch (thrown) {
    throw errorOfPackage(thrown, name);
  }
}

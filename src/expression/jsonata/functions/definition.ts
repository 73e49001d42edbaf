import type { Implementation } from "../callable.ts";

/** A builtin function before it is compiled into a function value. */
export interface Definition {
  readonly signature: string;
  readonly arity: number;
  readonly implementation: Implementation;
}

/** The builtin functions of one family, by name. */
export type Definitions = Readonly<Record<string, Definition>>;

/**
 * Defines a builtin function.
 *
 * `arity` is the number of parameters that the package's implementation declares: higher-order functions pass
 * no more arguments, so that it is part of what `$map(list, $string)` means.
 */
export function define(
  signature: string,
  arity: number,
  implementation: Implementation,
): Definition {
  return { signature, arity, implementation };
}

import type { Run } from "./run.ts";
import type { Signature } from "./signature.ts";
import type { Value } from "./value.ts";

/** What a function does with its (checked) arguments. `input` is the context item of the caller. */
export type Implementation = (args: readonly Value[], run: Run, input: Value) => Value;

/**
 * A function value: a builtin, a lambda's closure, a regular expression or a partial application.
 *
 * A class, because `instanceof` is the one mark that no input document can forge.
 */
export class Callable {
  /** Number of parameters; higher-order functions pass no more arguments than that. */
  readonly arity: number;
  readonly implementation: Implementation;
  readonly signature: Signature | undefined;
  /** Name of a builtin, for messages about calls that name no function themselves. */
  readonly name: string | undefined;

  constructor(arity: number, implementation: Implementation, signature?: Signature, name?: string) {
    this.arity = arity;
    this.implementation = implementation;
    this.signature = signature;
    this.name = name;
  }
}

/** A call in tail position: returned to the call that is active, so that recursion needs no stack. */
export class TailCall {
  readonly callee: Value;
  readonly args: readonly Value[];
  readonly token: string | undefined;

  constructor(callee: Value, args: readonly Value[], token: string | undefined) {
    this.callee = callee;
    this.args = args;
    this.token = token;
  }
}

export function isFunction(value: Value): value is Callable {
  return value instanceof Callable;
}

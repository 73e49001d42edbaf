import { builtins } from "../builtins.ts";
import type { ReadVariable, Scope } from "../scope.ts";
import type { BindNode, VariableNode } from "../syntax-tree.ts";
import { isOuterWrapper, settle, type Items } from "../value.ts";
import type { Compile, Evaluate } from "./evaluate.ts";

export function compileVariable({ value: name }: VariableNode, scope: Scope): Evaluate {
  if (name === "") {
    return (input) => (isOuterWrapper(input) ? (input as Items)[0] : settle(input));
  }
  const read = readVariable(name, scope);
  return (_, frame, run) => read(frame, run);
}

/** `$name := …`: binds in the frame of the enclosing block, call or tuple, and is the value itself. */
export function compileBind(node: BindNode, scope: Scope, compile: Compile): Evaluate {
  const value = compile(node.rhs, scope);
  const slot = scope.declare(node.lhs.value);
  return (input, frame, run) => (frame.slots[slot] = value(input, frame, run));
}

/** Reads a variable: of the expression, else of the environment, else a builtin function. */
export function readVariable(name: string, scope: Scope): ReadVariable {
  if (name === "$") return scope.reference(name, (_, run) => run.environment.document);
  const builtin = builtins.get(name);
  return scope.reference(name, (_, run) => {
    // A variable may be null, and hides a builtin function of its name even then.
    const value = run.environment.lookup(name);
    return value === undefined ? builtin : value;
  });
}

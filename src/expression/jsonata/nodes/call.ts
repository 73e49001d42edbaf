import { apply } from "../apply.ts";
import { Callable, TailCall, isFunction } from "../callable.ts";
import { jsonataError } from "../jsonata-error.ts";
import { Nesting } from "../nesting.ts";
import type { Run } from "../run.ts";
import type { Frame, Scope } from "../scope.ts";
import type { ApplyNode, CallNode, LambdaNode, PartialNode, SyntaxNode } from "../syntax-tree.ts";
import type { Value } from "../value.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { readVariable } from "./variable.ts";

/** `name(…)`. The value may be an unsettled sequence, which the compiler settles. */
export function compileCall(node: CallNode, scope: Scope, compile: Compile): Evaluate {
  const { callee, args, token } = compileParts(node, scope, compile, "T1005");
  const { depth } = compile.nesting;
  const [first] = args;
  if (args.length === 1 && first !== undefined) {
    return (input, frame, run) =>
      apply(callee(input, frame, run), [first(input, frame, run)], input, run, token, depth);
  }
  return (input, frame, run) =>
    apply(
      callee(input, frame, run),
      evaluateAll(args, input, frame, run),
      input,
      run,
      token,
      depth,
    );
}

/**
 * A call that is the value of a lambda's body: it is made by the call that is active, which also evaluates its
 * parts, as deep as the body itself.
 */
export function compileTailCall(node: LambdaNode, scope: Scope, compile: Compile): Evaluate {
  const { body, isCertain } = compile.nesting;
  const atBody = compile.at(new Nesting(body, 1, isCertain));
  const { callee, args, token } = compileParts(node.body as CallNode, scope, atBody, "T1005");
  return compile.nesting.bounded((input, frame, run) => {
    const call = new TailCall(
      callee(input, frame, run),
      evaluateAll(args, input, frame, run),
      token,
    );
    // Only `apply` sees it: tail calls are found nowhere but at the end of a lambda's body.
    return call as unknown as Value;
  });
}

/** `left ~> right`: a call with one more argument in front, a function applied, or two functions chained. */
export function compileApply(node: ApplyNode, scope: Scope, compile: Compile): Evaluate {
  const left = compile(node.lhs, scope);
  const { depth } = compile.nesting;
  if (node.rhs.type === "function") {
    const { callee, args, token } = compileParts(node.rhs, scope, compile, "T1005");
    return (input, frame, run) => {
      const first = left(input, frame, run);
      const target = callee(input, frame, run);
      return apply(
        target,
        [first, ...evaluateAll(args, input, frame, run)],
        input,
        run,
        token,
        depth,
      );
    };
  }
  const right = compile(node.rhs, scope);
  return (input, frame, run) => {
    const value = left(input, frame, run);
    const target = right(input, frame, run);
    if (!isFunction(target)) throw jsonataError("T2006", { value: target });
    if (!isFunction(value)) return apply(target, [value], null, run, undefined, depth);
    return new Callable(1, ([argument]) => {
      // The outer function is a tail call, the inner one stands in its argument.
      const inner = apply(value, [argument], null, run, undefined, 1);
      return new TailCall(target, [inner], undefined) as unknown as Value;
    });
  };
}

/** `name(?, …)`: a function of the arguments that are left open. */
export function compilePartial(node: PartialNode, scope: Scope, compile: Compile): Evaluate {
  const { callee, token } = compileParts(node, scope, compile, "T1007");
  const args = node.arguments.map((argument) =>
    argument.type === "operator" ? undefined : compile(argument, scope),
  );
  const open = args.flatMap((argument, index) => (argument === undefined ? [index] : []));
  return (input, frame, run) => {
    const given = args.map((argument) => argument?.(input, frame, run));
    const target = callee(input, frame, run);
    if (!isFunction(target)) throw jsonataError("T1008", { token });
    return new Callable(open.length, (rest, innerRun) => {
      const all = [...given];
      open.forEach((position, index) => (all[position] = rest[index]));
      return target.implementation(
        // A lambda's signature is not checked again, a builtin relies on its own. Observed.
        target.name === undefined
          ? all
          : (target.signature?.check(all, null, target.name, innerRun) ?? all),
        innerRun,
        null,
      );
    });
  };
}

interface Parts {
  readonly callee: Evaluate;
  readonly args: readonly Evaluate[];
  readonly token: string | undefined;
}

/**
 * The function and the arguments of a call. A bare name that is also a function's gets a hint about the
 * forgotten `$`.
 */
function compileParts(
  { procedure, arguments: args }: CallNode | PartialNode,
  scope: Scope,
  compile: Compile,
  hint: "T1005" | "T1007",
): Parts {
  const token = nameOf(procedure);
  const evaluated = compile(procedure, scope);
  let callee = evaluated;
  if (procedure.type === "path" && token !== undefined) {
    const read = readVariable(token, scope);
    callee = (input, frame, run) => {
      const value = evaluated(input, frame, run);
      if (value === undefined && read(frame, run) !== undefined)
        throw jsonataError(hint, { token });
      return value;
    };
  }
  const compiled = args.filter((argument) => argument.type !== "operator");
  return { callee, args: compiled.map((argument) => compile(argument, scope)), token };
}

function nameOf(procedure: SyntaxNode): string | undefined {
  const named = procedure.type === "path" ? procedure.steps[0] : procedure;
  return named !== undefined && "value" in named && typeof named.value === "string"
    ? named.value
    : undefined;
}

function evaluateAll(
  args: readonly Evaluate[],
  input: Value,
  frame: Frame,
  run: Run,
): readonly Value[] {
  const values: Value[] = [];
  for (const argument of args) values.push(argument(input, frame, run));
  return values;
}

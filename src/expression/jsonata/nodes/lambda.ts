import { Callable } from "../callable.ts";
import { boundError } from "../jsonata-error.ts";
import { maxDepth } from "../limits.ts";
import { Body, Nesting } from "../nesting.ts";
import { Scope } from "../scope.ts";
import { compileSignature } from "../signature.ts";
import type { LambdaNode } from "../syntax-tree.ts";
import { stepsOf } from "../weight.ts";
import type { Compile, Evaluate } from "./evaluate.ts";

/** `function($a, $b){ … }`: closes over the frame and the context item that it is evaluated with. */
export function compileLambda(node: LambdaNode, scope: Scope, compile: Compile): Evaluate {
  const inner = new Scope(scope);
  const slots = node.arguments.map((parameter) => inner.declare(parameter.value));
  const own = new Body(true);
  const body = compile.at(new Nesting(own))(node.body, inner);
  const steps = stepsOf(node.body) + slots.length / 8;
  const signature =
    node.signature === undefined ? undefined : compileSignature(node.signature.definition);
  return compile.nesting.bounded(
    (input, frame) =>
      new Callable(
        slots.length,
        (args, run) => {
          run.spend(steps);
          if (run.depth + own.certainDepth > maxDepth) throw boundError("depth");
          if (inner.isEmpty) return body(input, frame, run);
          const called = inner.newFrame(frame);
          for (let index = 0; index < slots.length; index++) {
            called.slots[slots[index] as number] = args[index];
          }
          return body(input, called, run);
        },
        signature,
      ),
  );
}

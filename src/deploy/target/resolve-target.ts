import { readTemplate } from "../../template/reading/read-template.ts";
import { resolveTemplate } from "../../template/resolving/resolve-template.ts";
import type { ResolvedTemplate, Template, TemplateContext } from "../../template/template.ts";
import { expandTemplate } from "../../template/transforms/expand-template.ts";
import type { StackContent } from "../stacks/stack-record.ts";

/** What a stack is to be: its template as it was written, as its transforms made it, and resolved. */
export interface StackTarget {
  readonly written: Template;
  readonly expanded: Template;
  readonly resolved: ResolvedTemplate;
}

/** Which stack a template is of. */
export interface TargetStack {
  readonly stackId: string;
  readonly name: string;
}

type Values = Pick<StackContent, "given" | "ssmParameters" | "imports" | "notificationArns">;

/** Resolves a template's text with the values of its stack. The same values make the same target, in each process. */
export function resolveTarget(text: string, stack: TargetStack, values: Values): StackTarget {
  const written = readTemplate(text, { name: stack.name });
  const context = contextOf(stack, values);
  const expanded = expandTemplate(written, { context });
  return { written, expanded, resolved: resolveTemplate(expanded, context) };
}

function contextOf({ stackId, name }: TargetStack, values: Values): TemplateContext {
  const [, partition = "aws", , region = "", accountId = ""] = stackId.split(":");
  const { given, ssmParameters, imports, notificationArns } = values;
  return {
    pseudo: { partition, region, accountId, stackName: name, stackId, notificationArns },
    parameters: given,
    ssmParameters,
    exportedValue: (exported) => (Object.hasOwn(imports, exported) ? imports[exported] : undefined),
  };
}

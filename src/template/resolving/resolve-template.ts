import { ownMember, type JsonValue } from "../../expression/json.ts";
import { evaluate } from "../functions/evaluate.ts";
import { scalarText } from "../functions/scalar-text.ts";
import type { References } from "../functions/references.ts";
import { resolveParameters } from "../parameters/resolve-parameters.ts";
import { checkStructure } from "../reading/check-structure.ts";
import {
  TemplateError,
  type MadeResources,
  type ResolvedTemplate,
  type Template,
  type TemplateContext,
} from "../template.ts";
import { checkReferences } from "./check-references.ts";
import { conditionsOf } from "./conditions.ts";
import { knownReferences, withMadeResources } from "./known-references.ts";
import { resolveOutputs } from "./outputs.ts";
import { resourcePlanner } from "./plan-resources.ts";
import { checkRules } from "./rules.ts";

/**
 * What a template comes to with its parameters: which resources there are, in which order they can be made, and their
 * properties as far as they are known. The template has no transforms any more: `expandTemplate` performs them.
 *
 * Throws a {@link TemplateError} for the first mistake.
 */
export function resolveTemplate(template: Template, context: TemplateContext): ResolvedTemplate {
  checkStructure(template);
  if (ownMember(template.sections, "Transform") !== undefined) {
    throw new TemplateError("The template's transforms have not been performed.", ["Transform"]);
  }
  checkReferences(template);
  const parameters = resolveParameters(template, context);
  const imports = new Set<string>();
  const known: References = knownReferences(
    template,
    noting(context, imports),
    parameters,
    (name) => conditions.holds(name),
  );
  const conditions = conditionsOf(template, () => known);
  const values = conditions.all();
  checkRules(template, known);
  const planner = resourcePlanner(template, known);
  const resources = planner.plan();
  const names = new Set(resources.map(({ logicalId }) => logicalId));
  return {
    description: scalarText(ownMember(template.sections, "Description")),
    parameters,
    conditions: values,
    resources,
    imports: [...imports],
    propertiesOf(logicalId, made) {
      if (!names.has(logicalId)) throw new TemplateError(`There is no resource ${logicalId}`);
      return planner.properties(logicalId, withMadeResources(known, existing(made, names)));
    },
    outputs: (made) =>
      resolveOutputs(template, withMadeResources(known, existing(made, names)), names),
  };
}

/** A value of the template, once the resources that it refers to are made: what a caller needs beside properties. */
export function evaluateKnown(
  template: Template,
  context: TemplateContext,
  value: JsonValue,
): JsonValue | undefined {
  const parameters = resolveParameters(template, context);
  const known: References = knownReferences(template, context, parameters, (name) =>
    conditions.holds(name),
  );
  const conditions = conditionsOf(template, () => known);
  return evaluate(value, known, template, []);
}

function noting(context: TemplateContext, imports: Set<string>): TemplateContext {
  return {
    ...context,
    exportedValue(name) {
      imports.add(name);
      return context.exportedValue?.(name);
    },
  };
}

/** A resource whose condition does not hold is not there, whatever a caller says. */
function existing(made: MadeResources, names: ReadonlySet<string>): MadeResources {
  return (logicalId) => (names.has(logicalId) ? made(logicalId) : undefined);
}

import { sectionOf } from "../functions/evaluate.ts";
import { undefinedResource, unresolvedDependencies } from "../functions/look-up-functions.ts";
import { referredNames } from "../functions/referred-names.ts";
import { at } from "../reading/check-structure.ts";
import type { Template } from "../template.ts";

/**
 * Throws where resources or outputs refer to what the template does not have.
 *
 * Observed: AWS names all of a block's at once, whether or not their part of a condition holds.
 */
export function checkReferences(template: Template): void {
  const declared = new Set(
    ["Resources", "Parameters"].flatMap((name) => Object.keys(sectionOf(template, name))),
  );
  const resources = sectionOf(template, "Resources");
  for (const block of ["Resources", "Outputs"]) {
    const names = referredNames(sectionOf(template, block), [block]);
    const missing = names.filter(
      ({ name, attribute }) =>
        attribute === undefined && !name.startsWith("AWS::") && !declared.has(name),
    );
    const [first] = missing;
    if (first !== undefined) {
      const unique = [...new Set(missing.map(({ name }) => name))];
      throw at(template, first.path, unresolvedDependencies(unique, first.path));
    }
    const wrong = names.find(
      ({ name, attribute }) => attribute !== undefined && !Object.hasOwn(resources, name),
    );
    if (wrong) throw at(template, wrong.path, undefinedResource(wrong.name));
  }
}

import { isJsonArray, ownMember } from "../../expression/json.ts";
import { utf8Length } from "../../expression/payload.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { maximumParameterBytes } from "../limits.ts";
import { at } from "../reading/check-structure.ts";
import type { Template } from "../template.ts";
import type { DeclaredParameter } from "./declared-parameters.ts";
import { fullyMatches } from "./full-match.ts";
import { splitList } from "./parameter-type.ts";

/** Throws where a value breaks a constraint of its parameter. A value in SSM is not checked, only its name is. */
export function checkParameter(
  template: Template,
  parameter: DeclaredParameter,
  text: string,
): void {
  const { name, type } = parameter;
  const items = type.isList && !type.isInSsm ? splitList(text) : [text];
  const problem =
    tooLong(name, text) ?? items.map((item) => problemOf(parameter, item)).find(isProblem);
  if (problem === undefined) return;
  const description = scalarText(ownMember(parameter.declaration, "ConstraintDescription"));
  throw at(
    template,
    ["Parameters", name],
    description === undefined
      ? problem
      : `Parameter ${name} failed to satisfy constraint: ${description}`,
  );
}

function isProblem(problem: string | undefined): problem is string {
  return problem !== undefined;
}

function tooLong(name: string, text: string): string | undefined {
  if (utf8Length(text) <= maximumParameterBytes) return undefined;
  return `Parameter '${name}' must contain at most ${String(maximumParameterBytes)} bytes`;
}

/** Observed: AWS's sentences. */
function problemOf(parameter: DeclaredParameter, item: string): string | undefined {
  const { name, type } = parameter;
  const constraint = (member: string) => scalarText(ownMember(parameter.declaration, member));
  const allowed = ownMember(parameter.declaration, "AllowedValues");
  if (allowed !== undefined && isJsonArray(allowed)) {
    if (!allowed.some((value) => scalarText(value) === item)) {
      return `Parameter '${name}' must be one of AllowedValues`;
    }
  }
  if (type.item === "number" && !type.isInSsm) return numberProblem(name, item, constraint);
  const pattern = constraint("AllowedPattern");
  if (pattern !== undefined && !fullyMatches(pattern, item)) {
    return `Parameter '${name}' must match pattern ${pattern}`;
  }
  const minimum = constraint("MinLength");
  if (minimum !== undefined && item.length < Number(minimum)) {
    return `Parameter '${name}' must contain at least ${minimum} characters`;
  }
  const maximum = constraint("MaxLength");
  if (maximum !== undefined && item.length > Number(maximum)) {
    return `Parameter '${name}' must contain at most ${maximum} characters`;
  }
  return undefined;
}

function numberProblem(
  name: string,
  item: string,
  constraint: (member: string) => string | undefined,
): string | undefined {
  const number = Number(item);
  if (item.trim() === "" || !Number.isFinite(number)) return `Parameter '${name}' must be a number`;
  const minimum = constraint("MinValue");
  if (minimum !== undefined && number < Number(minimum)) {
    return `Parameter '${name}' must be a number not less than ${minimum}`;
  }
  const maximum = constraint("MaxValue");
  if (maximum !== undefined && number > Number(maximum)) {
    return `Parameter '${name}' must be a number not greater than ${maximum}`;
  }
  return undefined;
}

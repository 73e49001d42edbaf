import { ownMember, type JsonValue } from "../../expression/json.ts";
import {
  TemplateError,
  type ResolvedParameter,
  type Template,
  type TemplateContext,
} from "../template.ts";
import { checkParameter } from "./check-parameter.ts";
import { declaredParameters, type DeclaredParameter } from "./declared-parameters.ts";
import { splitList, type ParameterType } from "./parameter-type.ts";

/** The parameters of a template with their values: those that were given, and the defaults of the others. */
export function resolveParameters(
  template: Template,
  context: Pick<TemplateContext, "parameters" | "ssmParameters">,
): readonly ResolvedParameter[] {
  const declared = declaredParameters(template);
  const given = context.parameters ?? {};
  const strangers = Object.keys(given).filter((name) => !declared.some((one) => one.name === name));
  if (strangers.length > 0) {
    throw new TemplateError(`Parameters: [${strangers.join(", ")}] do not exist in the template`);
  }
  const missing = declared.filter(({ name, fallback }) => (given[name] ?? fallback) === undefined);
  if (missing.length > 0) {
    throw new TemplateError(
      `Parameters: [${missing.map(({ name }) => name).join(", ")}] must have values`,
    );
  }
  const values = declared.map((parameter) => ({
    parameter,
    text: given[parameter.name] ?? parameter.fallback ?? "",
  }));
  checkInSsm(values, context.ssmParameters ?? {});
  return values.map(({ parameter, text }) => {
    checkParameter(template, parameter, text);
    return {
      name: parameter.name,
      type: parameter.typeName,
      value: valueOf(parameter.type, text, context.ssmParameters ?? {}),
      noEcho: isTrue(ownMember(parameter.declaration, "NoEcho")),
    };
  });
}

/** The names in SSM whose values the context has to have: those of parameters of type `AWS::SSM::Parameter::Value<…>`. */
export function ssmParametersOf(
  template: Template,
  given: { readonly [name: string]: string } = {},
): readonly string[] {
  return declaredParameters(template)
    .filter(({ type }) => type.isInSsm)
    .flatMap(({ name, fallback }) => given[name] ?? fallback ?? []);
}

function checkInSsm(
  values: readonly { readonly parameter: DeclaredParameter; readonly text: string }[],
  ssmParameters: { readonly [name: string]: string },
): void {
  const missing = values
    .filter(({ parameter, text }) => parameter.type.isInSsm && !Object.hasOwn(ssmParameters, text))
    .map(({ text }) => text);
  if (missing.length > 0) {
    throw new TemplateError(
      `Unable to fetch parameters [${missing.join(",")}] from parameter store for this account.`,
    );
  }
}

function valueOf(
  type: ParameterType,
  text: string,
  ssmParameters: { readonly [name: string]: string },
): string | readonly string[] {
  const value = type.isInSsm ? (ssmParameters[text] ?? "") : text;
  return type.isList ? splitList(value) : value;
}

function isTrue(value: JsonValue | undefined): boolean {
  return value === true || value === "true";
}

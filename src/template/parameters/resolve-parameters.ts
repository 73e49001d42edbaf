import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { sectionOf } from "../functions/evaluate.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { at } from "../reading/check-structure.ts";
import {
  TemplateError,
  type ResolvedParameter,
  type Template,
  type TemplateContext,
} from "../template.ts";
import { checkParameter } from "./check-parameter.ts";
import { parameterType, type ParameterType } from "./parameter-type.ts";

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

/** A parameter as the template declares it. */
export interface DeclaredParameter {
  readonly name: string;
  readonly typeName: string;
  readonly type: ParameterType;
  readonly declaration: JsonObject;
  /** Its default; `undefined` if it has none. */
  readonly fallback: string | undefined;
}

function declaredParameters(template: Template): readonly DeclaredParameter[] {
  return Object.entries(sectionOf(template, "Parameters"))
    .filter(([name]) => name !== "Fn::Transform")
    .map(([name, declaration]) => {
      const path = ["Parameters", name];
      if (!isJsonObject(declaration)) {
        throw at(template, path, "Template format error: Any Parameters member must be an object.");
      }
      const typeName = ownMember(declaration, "Type");
      if (typeof typeName !== "string") {
        throw at(
          template,
          path,
          "Template format error: Every Parameters object must contain a Type member.",
        );
      }
      const type = parameterType(typeName);
      if (type === undefined) {
        throw at(template, path, `Template format error: Unrecognized parameter type: ${typeName}`);
      }
      const written = ownMember(declaration, "Default");
      const fallback = written === undefined ? undefined : defaultText(written);
      if (written !== undefined && fallback === undefined) {
        throw at(
          template,
          [...path, "Default"],
          "Template format error: Every Default member must be a string.",
        );
      }
      return { name, typeName, type, declaration, fallback };
    });
}

/** A list that was written as one is taken too, as the tools of SAM do. */
function defaultText(written: JsonValue): string | undefined {
  if (!Array.isArray(written)) return written === null ? "" : scalarText(written);
  const texts = (written as JsonValue[]).map(scalarText);
  return texts.every((text) => text !== undefined) ? texts.join(",") : undefined;
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

/** Documented: items are separated by commas, and blanks around them do not count. */
export function splitList(text: string): readonly string[] {
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}

function isTrue(value: JsonValue | undefined): boolean {
  return value === true || value === "true";
}

import { ExpressionSyntaxError } from "../../expression/evaluation.ts";
import { compileIntrinsic } from "../../expression/intrinsics/compile-intrinsic.ts";
import { isJsonArray, isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import { compilePath } from "../../expression/jsonpath/compile-path.ts";
import { compilePayloadTemplate, type PayloadTemplate } from "../../expression/payload-template.ts";
import { attempt } from "./compile-field.ts";
import type { Fields } from "./fields.ts";
import { hasPlaceholder, placeholder, type ParseContext } from "../parse-context.ts";
import { warnOfMissingDollar } from "../diagnostics/warnings.ts";
import { wording } from "../diagnostics/wording.ts";

/** A payload template (JSONPath). Every one of its mistakes is reported, at the object that holds it. */
export function payloadTemplateField(fields: Fields, name: string): PayloadTemplate | undefined {
  const template = fields.value(name);
  if (template === undefined) return undefined;
  const { context } = fields;
  warnOfMissingDollar(fields, name);
  if (!context.placeholders || !holdsPlaceholder(template)) {
    const compiled = attempt(() => compilePayloadTemplate(template));
    if (!(compiled instanceof ExpressionSyntaxError)) return compiled;
    if (!reportTemplate(template, fields.at(name), context)) fields.fail(name, compiled.message);
    return undefined;
  }
  context.assume();
  reportTemplate(template, fields.at(name), context);
  return undefined;
}

/** Whether a mistake was found. */
function reportTemplate(template: JsonValue, location: string, context: ParseContext): boolean {
  if (isJsonArray(template)) {
    return template
      .map((item, index) => reportTemplate(item, `${location}[${index}]`, context))
      .includes(true);
  }
  if (!isJsonObject(template)) return false;
  let found = false;
  const report = (message: string) => {
    context.diagnostics.error(message, location);
    found = true;
  };
  for (const [name, value] of Object.entries(template)) {
    if (!name.endsWith(".$")) {
      found = reportTemplate(value, `${location}/${name}`, context) || found;
      continue;
    }
    if (ownMember(template, name.slice(0, -2)) !== undefined) {
      report(wording.templateDuplicate(name.slice(0, -2)));
    }
    if (hasPlaceholder(context, value)) continue;
    if (typeof value !== "string" || !isTemplateValue(value)) report(wording.templateValue(name));
  }
  return found;
}

function isTemplateValue(text: string): boolean {
  const compiled = attempt<unknown>(() =>
    text.startsWith("$") ? compilePath(text) : compileIntrinsic(text),
  );
  return !(compiled instanceof ExpressionSyntaxError);
}

/** Whether a string that is evaluated holds a placeholder. */
function holdsPlaceholder(template: JsonValue): boolean {
  if (isJsonArray(template)) return template.some(holdsPlaceholder);
  if (!isJsonObject(template)) return false;
  return Object.entries(template).some(([name, value]) =>
    name.endsWith(".$") && typeof value === "string"
      ? placeholder.test(value)
      : holdsPlaceholder(value),
  );
}

import type { JsonataTemplate } from "../../expression/jsonata/template.ts";
import type { PayloadTemplate } from "../../expression/payload-template.ts";
import type { Fields } from "./fields.ts";
import { jsonataField } from "./jsonata-field.ts";
import { payloadTemplateField } from "./payload-template-field.ts";

/** A payload template or a JSONata document, whichever the language has. */
export function templateField(
  fields: Fields,
  name: string,
): PayloadTemplate | JsonataTemplate | undefined {
  return fields.language === "JSONata"
    ? jsonataField(fields, name)
    : payloadTemplateField(fields, name);
}

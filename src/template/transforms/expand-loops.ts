import {
  isJsonArray,
  isJsonObject,
  ownMember,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { maximumTemplateValues } from "../limits.ts";
import { at } from "../reading/check-structure.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { evaluateKnown } from "../resolving/resolve-template.ts";
import type { Template, TemplateContext, TemplatePath } from "../template.ts";

/** The template with every `Fn::ForEach` written out. Documented: "Fn::ForEach", of `AWS::LanguageExtensions`. */
export function expandLoops(template: Template, context: TemplateContext): Template {
  const expansion = new LoopExpansion(template, context);
  const sections: Record<string, JsonValue> = { ...template.sections };
  for (const name of ["Conditions", "Resources", "Outputs"]) {
    const section = ownMember(template.sections, name);
    if (section !== undefined) sections[name] = expansion.value(section, {}, [name]);
  }
  return { ...template, sections };
}

/** The values of the identifiers of the loops around a value. */
interface Identifiers {
  readonly [name: string]: string;
}

class LoopExpansion {
  readonly #template: Template;
  readonly #context: TemplateContext;
  #count = 0;

  constructor(template: Template, context: TemplateContext) {
    this.#template = template;
    this.#context = context;
  }

  value(value: JsonValue, identifiers: Identifiers, path: TemplatePath): JsonValue {
    if (++this.#count > maximumTemplateValues) {
      throw at(
        this.#template,
        path,
        `Template format error: more than ${String(maximumTemplateValues)} values.`,
      );
    }
    if (typeof value === "string") return replaced(value, identifiers);
    if (isJsonArray(value)) {
      return value.map((item, index) => this.value(item, identifiers, [...path, index]));
    }
    if (!isJsonObject(value)) return value;
    const name = ownMember(value, "Ref");
    if (typeof name === "string" && Object.hasOwn(identifiers, name))
      return identifiers[name] ?? "";
    return this.#object(value, identifiers, path);
  }

  #object(object: JsonObject, identifiers: Identifiers, path: TemplatePath): JsonObject {
    const result: Record<string, JsonValue> = {};
    for (const [name, member] of Object.entries(object)) {
      const place = [...path, name];
      if (name.startsWith("Fn::ForEach::")) this.#loop(result, member, identifiers, place);
      else setMember(result, replaced(name, identifiers), this.value(member, identifiers, place));
    }
    return result;
  }

  #loop(
    result: Record<string, JsonValue>,
    loop: JsonValue,
    identifiers: Identifiers,
    path: TemplatePath,
  ): void {
    const [identifier, collection, body, ...more] = isJsonArray(loop) ? loop : [];
    if (
      typeof identifier !== "string" ||
      body === undefined ||
      !isJsonObject(body) ||
      more.length > 0
    ) {
      throw at(
        this.#template,
        path,
        "Template error: every Fn::ForEach object requires three parameters, an identifier, a collection and a fragment.",
      );
    }
    for (const item of this.#collection(collection ?? null, identifiers, [...path, 1])) {
      const expanded = this.#object(body, { ...identifiers, [identifier]: item }, [...path, 2]);
      for (const [name, member] of Object.entries(expanded)) {
        if (Object.hasOwn(result, name)) {
          throw at(
            this.#template,
            path,
            `Template error: Fn::ForEach makes the name ${name} twice.`,
          );
        }
        setMember(result, name, member);
      }
    }
  }

  #collection(written: JsonValue, identifiers: Identifiers, path: TemplatePath): readonly string[] {
    const value = evaluateKnown(
      this.#template,
      this.#context,
      this.value(written, identifiers, path),
    );
    const texts = value !== undefined && isJsonArray(value) ? value.map(scalarText) : [undefined];
    if (texts.every((text) => text !== undefined)) return texts;
    throw at(
      this.#template,
      path,
      "Template error: the collection of Fn::ForEach must be a list of strings that depends on no resources.",
    );
  }
}

/** `&{Name}` leaves out what is not alphanumeric, as logical ids need it. */
function replaced(text: string, identifiers: Identifiers): string {
  return text.replaceAll(/([$&])\{([A-Za-z0-9]+)\}/g, (written, sign: string, name: string) => {
    const value = ownValue(identifiers, name);
    if (value === undefined) return written;
    return sign === "&" ? value.replaceAll(/[^A-Za-z0-9]/g, "") : value;
  });
}

function ownValue(identifiers: Identifiers, name: string): string | undefined {
  return Object.hasOwn(identifiers, name) ? identifiers[name] : undefined;
}

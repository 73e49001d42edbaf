import { isJsonArray, isJsonObject, ownMember, type JsonValue } from "../../expression/json.ts";
import { at } from "../reading/check-structure.ts";
import { expandSam } from "../sam/expand-sam.ts";
import type { ReadLocalFile, Template, TemplateContext } from "../template.ts";
import { expandLoops } from "./expand-loops.ts";
import { includeFiles } from "./include-files.ts";

/** What a template's transforms need to know. */
export interface ExpandOptions {
  /** Loops go over parameters, and SAM names resources after their values. */
  readonly context: TemplateContext;
  /** Reads what `AWS::Include` names. Without it such an include is an error. */
  readonly readFile?: ReadLocalFile;
}

/**
 * The template that a template's transforms make of it: files included, loops written out, SAM's resources as CloudFormation's.
 *
 * Throws where it names another transform: macros are functions of an account, and Stepwell has none.
 */
export function expandTemplate(template: Template, options: ExpandOptions): Template {
  const included = includeFiles(template, options.readFile);
  const names = transformNames(included);
  const expanded = names.reduce((current, name) => transform(current, name, options), included);
  const { Transform: _done, ...sections } = expanded.sections;
  return { ...expanded, sections };
}

export const samTransform = "AWS::Serverless-2016-10-31";

function transform(template: Template, name: string, options: ExpandOptions): Template {
  switch (name) {
    case "AWS::LanguageExtensions":
      return expandLoops(template, options.context);
    case samTransform:
      return expandSam(template, options.context);
    // Documented: of secrets that are rotated, and of Blue/Green deployments. They add nothing that is made here.
    case "AWS::SecretsManager-2020-07-23":
    case "AWS::SecretsManager-2024-09-16":
    case "AWS::CodeDeployBlueGreen":
      return template;
    default:
      throw at(template, ["Transform"], `No transform named ${name} found.`);
  }
}

/** Those of the `Transform` section that are named as a whole; an include has been performed before. */
function transformNames(template: Template): readonly string[] {
  const written = ownMember(template.sections, "Transform") ?? [];
  const list: readonly JsonValue[] = isJsonArray(written) ? written : [written];
  return list.map((item) => {
    const name = isJsonObject(item) ? ownMember(item, "Name") : item;
    if (typeof name === "string") return name;
    throw at(
      template,
      ["Transform"],
      "Template format error: Transform must be a name or a list of names.",
    );
  });
}

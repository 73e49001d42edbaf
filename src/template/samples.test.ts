import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseDefinition } from "../asl/parse-definition.ts";
import { isJsonObject, ownMember, type JsonArray, type JsonObject } from "../expression/json.ts";
import { substituteDefinition } from "./definition-substitutions.ts";
import { shownText } from "./functions/scalar-text.ts";
import { isPending } from "./functions/is-function.ts";
import { sectionOf } from "./functions/evaluate.ts";
import { localReferences } from "./local-references.ts";
import { ssmParametersOf } from "./parameters/resolve-parameters.ts";
import { readTemplate } from "./reading/read-template.ts";
import { readValue } from "./reading/read-value.ts";
import { resolveTemplate } from "./resolving/resolve-template.ts";
import { context, madeUp, problemOf } from "./templates.fixture.ts";
import type { ResolvedTemplate, Template, TemplateContext } from "./template.ts";
import { expandTemplate } from "./transforms/expand-template.ts";

const shared = fileURLToPath(new URL("../../../shared/", import.meta.url));
const folder = join(shared, "templates");

/** Published templates that AWS would refuse as they are there, and what is wrong with them. */
const refused: { readonly [name: string]: string } = {
  // `!GetAZs !Ref AWS::Region`: documented as invalid, one of two short forms in each other has to be a long one.
  "parallelized-embedding-pipeline/template.yaml":
    "Template format error: YAML not well-formed. (line 88, column 19)",
  // The file that it includes was not published with it.
  "async-state-machine-streaming-lambda-results-sam/template.yaml":
    "Transform AWS::Include failed with: The file api/api.yaml cannot be read.",
};

const names = existsSync(folder)
  ? globSync("**/template.{yaml,yml}", { cwd: folder }).toSorted()
  : [];
const accepted = names.filter((name) => !Object.hasOwn(refused, name));

/** A value for each parameter without a default. */
function valuesFor(template: Template): { readonly [name: string]: string } {
  const values = Object.entries(sectionOf(template, "Parameters")).flatMap(
    ([name, declaration]) => {
      if (!isJsonObject(declaration) || Object.hasOwn(declaration, "Default")) return [];
      const [allowed] = (ownMember(declaration, "AllowedValues") ?? []) as JsonArray;
      const pattern = shownText(ownMember(declaration, "AllowedPattern"));
      const value = allowed ?? (pattern.includes("@") ? "somebody@example.com" : "aB3456789012");
      return [[name, shownText(value)]];
    },
  );
  return Object.fromEntries(values) as { [name: string]: string };
}

/** Each is resolved once, for all of its tests. */
const cache = new Map<string, ReturnType<typeof resolveFile>>();

function resolve(path: string): ReturnType<typeof resolveFile> {
  const result = cache.get(path) ?? resolveFile(path);
  cache.set(path, result);
  return result;
}

function resolveFile(path: string): {
  readonly resolved: ResolvedTemplate;
  readonly folder: string;
} {
  const template = readTemplate(readFileSync(path, "utf8"), { name: path });
  const parameters = valuesFor(template);
  const inSsm = ssmParametersOf(template, parameters).map((name) => [name, "21"]);
  const surroundings: TemplateContext = {
    ...context,
    parameters,
    ssmParameters: Object.fromEntries(inSsm) as { [name: string]: string },
  };
  const readFile = (name: string) => {
    const file = join(dirname(path), name);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  };
  const expanded = expandTemplate(template, { context: surroundings, readFile });
  return { resolved: resolveTemplate(expanded, surroundings), folder: dirname(path) };
}

/** The definitions of a template's state machines, substituted; those of files that were not published are left out. */
function definitionsOf(resolved: ResolvedTemplate, beside: string): readonly string[] {
  const made = madeUp(resolved.resources);
  return resolved.resources
    .filter(({ type }) => type === "AWS::StepFunctions::StateMachine")
    .flatMap(({ logicalId, type }) => {
      const properties = resolved.propertiesOf(logicalId, made);
      const file = fileOf(type, properties, beside);
      const written = ownMember(properties, "DefinitionString");
      const text = typeof written === "string" ? written : file && readFileSync(file, "utf8");
      if (text === undefined) return [];
      const substitutions = ownMember(properties, "DefinitionSubstitutions") ?? {};
      const substituted = substituteDefinition(text, substitutions as { [name: string]: string });
      return [file?.endsWith(".yaml") ? JSON.stringify(readValue(substituted).value) : substituted];
    });
}

function fileOf(type: string, properties: JsonObject, beside: string): string | undefined {
  const [reference] = localReferences(type, properties);
  const path = reference && join(beside, reference.file);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** Published with `QueryLanguage` among its states. */
const wrongDefinition = "shared-fallback-state-jsonata/template.yaml";

describe.skipIf(names.length === 0)("published templates (need ../shared/templates)", () => {
  test("there are fifty-five, and two of them are refused", () => {
    expect([names.length, accepted.length]).toEqual([55, 53]);
  });

  test.each(accepted)("%s comes to resources of which all is known once they are made", (name) => {
    const { resolved, folder: beside } = resolve(join(folder, name));
    const made = madeUp(resolved.resources);
    expect(resolved.resources.length).toBeGreaterThan(0);
    for (const { logicalId, type } of resolved.resources) {
      expect(type).not.toContain("Serverless");
      expect(isPending(resolved.propertiesOf(logicalId, made)), logicalId).toBe(false);
    }
    resolved.outputs(made);
    for (const text of definitionsOf(resolved, beside)) {
      const hasError = parseDefinition(text).definition === undefined;
      expect(hasError, text).toBe(name === wrongDefinition);
    }
  });

  test.each(Object.entries(refused))("%s is refused with a reason", (name, problem) => {
    expect(problemOf(() => resolve(join(folder, name)))).toBe(problem);
  });

  test("all but a few have a definition that was published with them", () => {
    const without = accepted.filter((name) => {
      const { resolved, folder: beside } = resolve(join(folder, name));
      return definitionsOf(resolved, beside).length === 0;
    });
    expect(without.length).toBeLessThan(4);
  });
});

const cdk = join(shared, "cdk", "template.json");

describe.skipIf(!existsSync(cdk))("a template of the CDK (needs ../shared/cdk)", () => {
  test.each(["Poller", "Data", "Maps", "Jn", "Jobs"])(
    "the definition of %s is the one that was recorded",
    (name) => {
      const { resolved } = resolve(cdk);
      const machine = resolved.resources.find(
        ({ logicalId, type }) =>
          type === "AWS::StepFunctions::StateMachine" && logicalId.startsWith(name),
      );
      const properties = resolved.propertiesOf(
        machine?.logicalId ?? "",
        madeUp(resolved.resources),
      );
      const text = shownText(properties["DefinitionString"]);
      expect(parseDefinition(text).diagnostics).toEqual([]);
      expect(JSON.parse(text)).toEqual(
        JSON.parse(readFileSync(join(shared, "cdk", `${name}.asl.json`), "utf8")),
      );
    },
  );

  test("a role is made before its policy, and both before the machine that depends on them", () => {
    const { resolved } = resolve(cdk);
    const order = resolved.resources.map(({ logicalId }) => logicalId);
    const at = (prefix: string) => order.findIndex((id) => id.startsWith(prefix));
    expect(at("PollerRole")).toBeLessThan(at("PollerRoleDefaultPolicy"));
    expect(at("PollerRoleDefaultPolicy")).toBeLessThan(at("Poller8D8A3186"));
  });
});

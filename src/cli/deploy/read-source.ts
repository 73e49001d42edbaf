import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { JsonObject } from "../../expression/json.ts";
import { readTemplate } from "../../template/reading/read-template.ts";
import { readServerless } from "../../template/serverless/read-serverless.ts";
import { TemplateError, type Template } from "../../template/template.ts";
import { includeFiles } from "../../template/transforms/include-files.ts";
import { UsageError } from "../errors.ts";
import { readCloudAssembly } from "./cloud-assembly.ts";
import { type StackSource, fileText } from "./stack-source.ts";

const templateNames = ["template.yaml", "template.yml", "template.json"];
const serverlessNames = ["serverless.yml", "serverless.yaml"];

export interface SourceOptions {
  /** `--stack`; of what has several stacks, the one that is meant. */
  readonly stack?: string | undefined;
  readonly options?: { readonly [name: string]: string };
}

/** What is to be deployed: a template, the output of the CDK, or a service of the Serverless Framework. */
export function readSource(path: string, options: SourceOptions): readonly StackSource[] {
  const { file, kind } = findSource(resolve(path));
  switch (kind) {
    case "assembly":
      return readCloudAssembly(file, options.stack);
    case "serverless":
      return [serverlessSource(file, options)];
    case "template":
      return [templateSource(file, options.stack)];
  }
}

function findSource(path: string): {
  readonly file: string;
  readonly kind: "assembly" | "serverless" | "template";
} {
  if (!existsSync(path)) throw new UsageError(`There is no ${path}.`);
  if (!statSync(path).isDirectory()) {
    if (basename(path) === "manifest.json") return { file: path, kind: "assembly" };
    const isServerless = serverlessNames.includes(basename(path));
    return { file: path, kind: isServerless ? "serverless" : "template" };
  }
  const inside = (names: readonly string[]) =>
    names.map((name) => join(path, name)).find(existsSync);
  const assembly = inside(["manifest.json", join("cdk.out", "manifest.json")]);
  const template = inside(templateNames);
  const serverless = inside(serverlessNames);
  if (assembly !== undefined) return { file: assembly, kind: "assembly" };
  if (template !== undefined) return { file: template, kind: "template" };
  if (serverless !== undefined) return { file: serverless, kind: "serverless" };
  throw new UsageError(
    `There is no template in ${path}: template.yaml, cdk.out (run 'cdk synth' first) or serverless.yml.`,
  );
}

function templateSource(file: string, stack: string | undefined): StackSource {
  const folder = dirname(file);
  const read = readTemplate(fileText(file), { name: basename(file) });
  return {
    stackName: stack ?? nameOfFolder(file),
    template: withEnvironment(includeFiles(read, (name) => fileBeside(folder, name))),
    folder,
    parameters: {},
    tags: {},
    assets: [],
  };
}

function serverlessSource(file: string, { stack, options = {} }: SourceOptions): StackSource {
  const folder = dirname(file);
  const { template, stackName } = readServerless(fileText(file), {
    name: basename(file),
    options,
    environment: process.env,
    readFile: (name) => fileBeside(folder, name),
  });
  const tags = {};
  return {
    stackName: stack ?? stackName,
    template: withEnvironment(template),
    folder,
    parameters: {},
    tags,
    assets: [],
  };
}

function fileBeside(folder: string, name: string): string | undefined {
  const file = join(folder, name);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** Documented: names of stacks have letters, digits and dashes. */
function nameOfFolder(file: string): string {
  const name = basename(dirname(file)).replaceAll(/[^A-Za-z0-9-]+/g, "-");
  return /^[A-Za-z]/.test(name) ? name.slice(0, 128) : `stack-${name}`.slice(0, 128);
}

/** Reads `{{resolve:env:NAME}}`, which only whoever deploys can. */
function withEnvironment(template: Template): Template {
  const text = JSON.stringify(template.sections);
  if (!text.includes("{{resolve:env:")) return template;
  const filled = text.replaceAll(/\{\{resolve:env:([^{}]*)\}\}/g, (_, name: string) => {
    const value = process.env[name];
    if (value === undefined) throw new TemplateError(`There is no environment variable ${name}`);
    return JSON.stringify(value).slice(1, -1);
  });
  return { ...template, sections: JSON.parse(filled) as JsonObject };
}

import { textOf } from "../../deploy/text-of.ts";
import { existsSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { readTemplate } from "../../template/reading/read-template.ts";
import type { Template } from "../../template/template.ts";
import { CommandFailure, UsageError } from "../errors.ts";
import { type SourceAsset, type StackSource, fileText } from "./stack-source.ts";

/**
 * The stacks of a `cdk.out`, each after those that it depends on, and those of its stages. *Documented*: the cloud assembly's manifest and the
 * manifests of assets beside it; each stage is an assembly of its own beneath it.
 */
export function readCloudAssembly(
  file: string,
  wanted: string | undefined,
): readonly StackSource[] {
  const stacks = stacksOf(file);
  const chosen = stacks.filter(({ stackName }) => wanted === undefined || stackName === wanted);
  if (chosen.length > 0) return chosen;
  const all = stacks.map(({ stackName }) => stackName).join(", ");
  throw new UsageError(`There is no stack ${wanted ?? ""} in ${dirname(file)}, but: ${all}.`);
}

function stacksOf(file: string): readonly StackSource[] {
  const folder = dirname(file);
  const artifacts = objectIn(readJson(file)["artifacts"]);
  const assets = Object.values(artifacts)
    .filter((artifact) => typeOf(artifact) === "cdk:asset-manifest")
    .flatMap((artifact) => assetsOf(folder, objectIn(objectIn(artifact)["properties"])));
  const own = inOrder(artifacts).map((name) =>
    stackOf(folder, name, objectIn(artifacts[name]), assets),
  );
  const ofStages = Object.values(artifacts)
    .filter((artifact) => typeOf(artifact) === "cdk:cloud-assembly")
    .flatMap((artifact) => {
      const { directoryName } = objectIn(objectIn(artifact)["properties"]);
      const stage = join(folder, textOf(directoryName));
      // Beneath it, so that no assembly is its own stage.
      if (!stage.startsWith(`${folder}${sep}`)) {
        throw new CommandFailure(`${file} names ${stage}, which is not beneath it`);
      }
      return stacksOf(join(stage, "manifest.json"));
    });
  return [...own, ...ofStages];
}

function stackOf(
  folder: string,
  name: string,
  artifact: JsonObject,
  assets: readonly SourceAsset[],
): StackSource {
  const { templateFile, stackName, parameters, tags } = objectIn(artifact["properties"]);
  const path = join(folder, textOf(templateFile));
  const template = readTemplate(fileText(path), { name: textOf(templateFile) });
  return {
    stackName: typeof stackName === "string" ? stackName : name,
    template: withoutBootstrapCheck(template),
    folder,
    parameters: texts(parameters),
    tags: texts(tags),
    assets,
  };
}

function assetsOf(folder: string, { file }: JsonObject): readonly SourceAsset[] {
  const manifest = join(folder, textOf(file));
  if (!existsSync(manifest)) return [];
  return Object.values(objectIn(readJson(manifest)["files"])).flatMap((entry) => {
    const { source, destinations } = objectIn(entry);
    const { path, packaging } = objectIn(source);
    return Object.values(objectIn(destinations)).map((destination) => {
      const { bucketName, objectKey } = objectIn(destination);
      return {
        path: join(folder, textOf(path)),
        isZipped: packaging === "zip",
        bucket: textOf(bucketName),
        key: textOf(objectKey),
      };
    });
  });
}

/** The names of the stacks' artifacts, each after those that it depends on. */
function inOrder(artifacts: JsonObject): readonly string[] {
  const order: string[] = [];
  const visit = (name: string, way: readonly string[]): void => {
    const artifact = artifacts[name];
    if (artifact === undefined || order.includes(name) || way.includes(name)) return;
    for (const other of (objectIn(artifact)["dependencies"] ?? []) as readonly JsonValue[]) {
      visit(textOf(other), [...way, name]);
    }
    order.push(name);
  };
  for (const name of Object.keys(artifacts)) visit(name, []);
  return order.filter((name) => typeOf(artifacts[name]) === "aws:cloudformation:stack");
}

function typeOf(artifact: JsonValue | undefined): string {
  return textOf(objectIn(artifact)["type"]);
}

function readJson(file: string): JsonObject {
  try {
    return objectIn(JSON.parse(fileText(file)) as JsonValue);
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw new CommandFailure(`${file} is not valid JSON`);
  }
}

function objectIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function texts(value: JsonValue | undefined): { readonly [name: string]: string } {
  const pairs = Array.isArray(value)
    ? (value as readonly JsonObject[]).map(({ Key, Value }) => [textOf(Key), textOf(Value)])
    : Object.entries(objectIn(value)).map(([name, each]) => [name, textOf(each)]);
  return Object.fromEntries(pairs) as { readonly [name: string]: string };
}

/** A template without what the CDK puts into it to find out which bootstrap stack there is: here there need not be one. */
function withoutBootstrapCheck(template: Template): Template {
  const { Rules, Parameters, ...others } = template.sections;
  const without = (section: JsonObject[string] | undefined, name: string): JsonObject => {
    const { [name]: _gone, ...rest } = (section ?? {}) as JsonObject;
    return rest;
  };
  const isOfCdk = ownMember((Parameters ?? {}) as JsonObject, "BootstrapVersion") !== undefined;
  if (!isOfCdk) return template;
  const parameters = without(Parameters, "BootstrapVersion");
  const rules = without(Rules, "CheckBootstrapVersion");
  return {
    ...template,
    sections: {
      ...others,
      ...(Object.keys(parameters).length > 0 && { Parameters: parameters }),
      ...(Object.keys(rules).length > 0 && { Rules: rules }),
    },
  };
}

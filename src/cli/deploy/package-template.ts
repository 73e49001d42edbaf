import { textOf } from "../../deploy/text-of.ts";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { dirname, extname, join } from "node:path";
import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import {
  localReferences,
  replaceReference,
  type LocalReference,
} from "../../template/local-references.ts";
import { readTemplate } from "../../template/reading/read-template.ts";
import type { Template } from "../../template/template.ts";
import type { DeployClient } from "./deploy-client.ts";
import { packed } from "./pack-folder.ts";
import { type SourceAsset, type StackSource, fileText } from "./stack-source.ts";

/** Where what is deployed from here is kept. Our choice: one bucket for all of it, by what is in it. */
const bucket = "stepwell-deploy";

/** *Documented*: "sam package", the properties that name local files. A zipped one is code, another is uploaded as it is. */
const samProperties: {
  readonly [type: string]: readonly (readonly [name: string, isCode: boolean])[];
} = {
  "AWS::Serverless::Function": [["CodeUri", true]],
  "AWS::Serverless::LayerVersion": [["ContentUri", true]],
  "AWS::Serverless::StateMachine": [["DefinitionUri", false]],
  "AWS::Serverless::Api": [["DefinitionUri", false]],
  "AWS::Serverless::HttpApi": [["DefinitionUri", false]],
};

const codeTypes = new Set(["AWS::Lambda::Function", "AWS::Lambda::LayerVersion"]);

/** The template's text, with every local file uploaded and named by where it is then. */
export async function packagedTemplate(
  { template, folder, assets }: Pick<StackSource, "template" | "folder" | "assets">,
  client: DeployClient,
): Promise<string> {
  await uploadAssets(assets, client);
  return JSON.stringify(await packagedSections(template, folder, client));
}

async function packagedSections(
  template: Template,
  folder: string,
  client: DeployClient,
): Promise<JsonObject> {
  const { sections } = template;
  const resources: { [name: string]: JsonValue } = {};
  for (const [name, resource] of Object.entries(objectIn(sections["Resources"]))) {
    resources[name] = isJsonObject(resource)
      ? await packagedResource(resource, folder, client)
      : resource;
  }
  const globals = await packagedGlobals(objectIn(sections["Globals"]), folder, client);
  return {
    ...sections,
    ...(Object.keys(globals).length > 0 && { Globals: globals }),
    Resources: resources,
  };
}

async function packagedResource(
  resource: JsonObject,
  folder: string,
  client: DeployClient,
): Promise<JsonObject> {
  const type = textOf(resource["Type"]);
  let properties = objectIn(resource["Properties"]);
  for (const [name, isCode] of samProperties[type] ?? []) {
    properties = await packagedUri(properties, name, isCode, folder, client);
  }
  if (type === "AWS::Serverless::Application") {
    properties = await packagedNested(properties, "Location", folder, client);
  }
  for (const reference of localReferences(type, properties)) {
    const value = await uploaded(reference, type, folder, client);
    properties = replaceReference(properties, reference.path, value);
  }
  return resource["Properties"] === undefined ? resource : { ...resource, Properties: properties };
}

async function packagedGlobals(
  globals: JsonObject,
  folder: string,
  client: DeployClient,
): Promise<JsonObject> {
  const { Function: ofFunctions } = globals;
  if (!isJsonObject(ofFunctions)) return globals;
  return { ...globals, Function: await packagedUri(ofFunctions, "CodeUri", true, folder, client) };
}

/** SAM takes `s3://bucket/key` in the place of a path. */
async function packagedUri(
  properties: JsonObject,
  name: string,
  isCode: boolean,
  folder: string,
  client: DeployClient,
): Promise<JsonObject> {
  const value = ownMember(properties, name);
  if (typeof value !== "string" || /^[a-z0-9]+:\/\//.test(value)) return properties;
  const key = await uploadFile(join(folder, value), isCode, client);
  return { ...properties, [name]: `s3://${bucket}/${key}` };
}

async function packagedNested(
  properties: JsonObject,
  name: string,
  folder: string,
  client: DeployClient,
): Promise<JsonObject> {
  const value = ownMember(properties, name);
  if (typeof value !== "string" || /^https?:\/\//.test(value)) return properties;
  return { ...properties, [name]: await uploadNested(join(folder, value), client) };
}

async function uploaded(
  { file, path, upload }: LocalReference,
  type: string,
  folder: string,
  client: DeployClient,
): Promise<JsonValue> {
  const local = join(folder, file);
  if (upload === "url") return uploadNested(local, client);
  if (upload === "image") return file;
  const key = await uploadFile(local, codeTypes.has(type) && path.length > 0, client);
  const [bucketName, keyName] = upload;
  return { [bucketName]: bucket, [keyName]: key };
}

/** A template of a nested stack, with its own files. */
async function uploadNested(file: string, client: DeployClient): Promise<string> {
  const template = readTemplate(fileText(file), { name: file });
  const sections = await packagedSections(template, dirname(file), client);
  const key = await put(Buffer.from(JSON.stringify(sections)), ".json", client);
  return `${client.endpoint.replace(/\/$/, "")}/${bucket}/${key}`;
}

function uploadFile(path: string, isCode: boolean, client: DeployClient): Promise<string> {
  return isCode
    ? put(packed(path), ".zip", client)
    : put(Buffer.from(fileText(path)), extname(path), client);
}

async function put(content: Uint8Array, extension: string, client: DeployClient): Promise<string> {
  const key = `${createHash("sha256").update(content).digest("hex")}${extension}`;
  await client.upload(bucket, key, content);
  return key;
}

async function uploadAssets(assets: readonly SourceAsset[], client: DeployClient): Promise<void> {
  if (assets.length === 0) return;
  const account = await client.accountId();
  for (const { path, isZipped, bucket: named, key } of assets) {
    const place = named
      .replaceAll("${AWS::AccountId}", account)
      .replaceAll("${AWS::Region}", client.region);
    await client.upload(place, key, isZipped ? packed(path) : readFileSync(path));
  }
}

function objectIn(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

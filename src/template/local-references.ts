import {
  isJsonObject,
  ownMember,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../expression/json.ts";

/**
 * Where each type of resource names a local file or folder by its path, and what its upload becomes.
 *
 * Documented: `aws cloudformation package`, "Specifying local artifacts". `string` stands for a URL of the object.
 */
const properties: { readonly [type: string]: readonly LocalProperty[] } = {
  "AWS::ApiGateway::RestApi": [s3("BodyS3Location", "Bucket", "Key", "Version")],
  "AWS::ApiGatewayV2::Api": [s3("BodyS3Location", "Bucket", "Key", "Version")],
  "AWS::CloudFormation::Stack": [{ path: ["TemplateURL"], upload: "url" }],
  "AWS::Lambda::Function": [
    s3("Code", "S3Bucket", "S3Key", "S3ObjectVersion"),
    { path: ["Code", "ImageUri"], upload: "image" },
  ],
  "AWS::Lambda::LayerVersion": [s3("Content", "S3Bucket", "S3Key", "S3ObjectVersion")],
  "AWS::StepFunctions::StateMachine": [s3("DefinitionS3Location", "Bucket", "Key", "Version")],
};

export interface LocalProperty {
  /** The names down to the property. */
  readonly path: readonly string[];
  /** What the property becomes: the URL of an object, an image, or an object of these three members. */
  readonly upload: "url" | "image" | readonly [bucket: string, key: string, version: string];
}

/** A property of a resource whose value is the path of a local file or folder, from the template's own folder. */
export interface LocalReference extends LocalProperty {
  readonly file: string;
}

function s3(name: string, bucket: string, key: string, version: string): LocalProperty {
  return { path: [name], upload: [bucket, key, version] };
}

/** The local files and folders that a resource's properties name. */
export function localReferences(type: string, resource: JsonObject): readonly LocalReference[] {
  const known = Object.hasOwn(properties, type) ? (properties[type] ?? []) : [];
  return known.flatMap((property) => {
    const value = valueAt(resource, property.path);
    return typeof value === "string" && !isUrl(value) ? [{ ...property, file: value }] : [];
  });
}

/** The properties with another value in a reference's place. */
export function replaceReference(
  resource: JsonObject,
  path: readonly string[],
  value: JsonValue,
): JsonObject {
  const [name, ...more] = path;
  if (name === undefined) return resource;
  const object: Record<string, JsonValue> = { ...resource };
  const member = ownMember(resource, name);
  const inner = member !== undefined && isJsonObject(member) ? member : {};
  setMember(object, name, more.length === 0 ? value : replaceReference(inner, more, value));
  return object;
}

function valueAt(object: JsonObject, path: readonly string[]): JsonValue | undefined {
  return path.reduce<JsonValue | undefined>(
    (value, name) =>
      value !== undefined && isJsonObject(value) ? ownMember(value, name) : undefined,
    object,
  );
}

/** A URL, or an image in a registry: `000000000000.dkr.ecr.us-east-1.amazonaws.com/orders:1`. */
function isUrl(value: string): boolean {
  return /^(?:https?|s3):\/\//.test(value) || /^[\w.-]+\.[\w.-]+\/[\w./-]+[:@]/.test(value);
}

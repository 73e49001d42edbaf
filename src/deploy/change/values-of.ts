import { textOf } from "../text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import {
  resolveDynamicReferences,
  type DynamicReference,
} from "../../template/dynamic-references.ts";
import { TemplateError } from "../../template/template.ts";
import type { AwsCall } from "../aws-calls.ts";

/** The properties with what their dynamic references stand for, read as whoever deploys. */
export async function valuesOf(properties: JsonObject, call: AwsCall): Promise<JsonObject> {
  return (await resolveDynamicReferences(properties, (reference) =>
    readReference(reference, call),
  )) as JsonObject;
}

async function readReference(reference: DynamicReference, call: AwsCall): Promise<string> {
  switch (reference.service) {
    case "ssm":
    case "ssm-secure": {
      const { name, version } = reference;
      const Name = version === undefined ? name : `${name}:${version}`;
      const { members } = await call("ssm", "GetParameter", { Name, WithDecryption: true });
      return textOf((members["Parameter"] as JsonObject)["Value"]);
    }
    case "secretsmanager": {
      const { secretId, jsonKey, versionId, versionStage } = reference;
      const { members } = await call("secretsmanager", "GetSecretValue", {
        SecretId: secretId,
        ...(versionId !== undefined && { VersionId: versionId }),
        ...(versionStage !== undefined && { VersionStage: versionStage }),
      });
      const text = textOf(members["SecretString"]);
      return jsonKey === undefined ? text : textOf((JSON.parse(text) as JsonObject)[jsonKey] ?? "");
    }
    case "env":
      // What the server's own environment has is nothing that a template may read.
      throw new TemplateError(
        `{{resolve:env:${reference.name}}} is read by 'stepwell deploy', from its own environment`,
      );
  }
}

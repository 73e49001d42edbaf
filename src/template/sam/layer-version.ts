import { ownMember } from "../../expression/json.ts";
import { hashed, invalid, picked, type ExpandResource } from "./expansion.ts";
import { s3Location } from "./s3-location.ts";

/** `AWS::Serverless::LayerVersion`: a layer whose id changes with what is in it, so that the one before it can stay. */
export const expandLayerVersion: ExpandResource = (resource, expansion) => {
  const { logicalId, properties, attributes } = resource;
  const uri = ownMember(properties, "ContentUri");
  const content =
    uri === undefined ? undefined : s3Location(uri, ["S3Bucket", "S3Key", "S3ObjectVersion"]);
  if (content === undefined)
    throw invalid(expansion, logicalId, "Missing required property 'ContentUri'.");
  const versionId = `${logicalId}${hashed(properties)}`;
  expansion.refer(logicalId, versionId);
  const policy = expansion.literal(ownMember(properties, "RetentionPolicy"))?.toLowerCase();
  return {
    [versionId]: {
      Type: "AWS::Lambda::LayerVersion",
      ...attributes,
      DeletionPolicy: policy === "delete" ? "Delete" : "Retain",
      Properties: {
        LayerName: ownMember(properties, "LayerName") ?? logicalId,
        Content: content,
        ...picked(properties, [
          "CompatibleArchitectures",
          "CompatibleRuntimes",
          "Description",
          "LicenseInfo",
        ]),
      },
    },
  };
};

import type { JsonObject } from "../../expression/json.ts";
import type { ServiceMembers } from "../../ports/service-api.ts";

/** A parameter as it is stored. A SecureString is sealed as everything in the store is. */
export interface ParameterRecord {
  readonly name: string;
  readonly type: "String" | "StringList" | "SecureString";
  readonly value: string;
  readonly version: number;
  readonly lastModified: number;
  readonly lastModifiedUser: string;
  readonly description?: string;
  readonly keyId?: string;
  readonly tier?: string;
  readonly dataType?: string;
  readonly tags?: JsonObject;
}

/** `arn:aws:ssm:eu-west-1:123456789012:parameter/my/name`: a name without a path gets a slash. */
export function parameterArn(
  { partition, region, accountId }: { partition: string; region: string; accountId: string },
  name: string,
): string {
  return `arn:${partition}:ssm:${region}:${accountId}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
}

/** What `GetParameter` shows. */
export function shownParameter(
  record: ParameterRecord,
  arn: string,
  isDecrypted: boolean,
): ServiceMembers {
  const { name, type, value, version, lastModified, dataType = "text" } = record;
  return {
    Name: name,
    Type: type,
    Value: type === "SecureString" && !isDecrypted ? encrypted(record) : value,
    Version: version,
    LastModifiedDate: new Date(lastModified),
    ARN: arn,
    DataType: dataType,
  };
}

/** AWS shows the ciphertext. *Our choice*: what is sealed with the store has none of its own, so it is named instead. */
function encrypted({ name, version }: ParameterRecord): string {
  return Buffer.from(`sealed:${name}:${version}`).toString("base64");
}

/** What `DescribeParameters` shows. */
export function shownMetadata(record: ParameterRecord, arn: string): ServiceMembers {
  const { name, type, version, lastModified, lastModifiedUser } = record;
  const { description, keyId, tier = "Standard", dataType = "text" } = record;
  return {
    Name: name,
    ARN: arn,
    Type: type,
    KeyId: type === "SecureString" ? (keyId ?? "alias/aws/ssm") : undefined,
    LastModifiedDate: new Date(lastModified),
    LastModifiedUser: lastModifiedUser,
    Description: description,
    Version: version,
    Tier: tier,
    Policies: [],
    DataType: dataType,
  };
}

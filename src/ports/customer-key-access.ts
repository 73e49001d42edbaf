import { scopeOfArn } from "../machine/arns.ts";
import type { Access } from "./authorizer.ts";
import type { CustomerKey } from "./customer-keys.ts";

/** What is done with a customer's key in somebody's name. */
export type KeyAction = "kms:DescribeKey" | "kms:GenerateDataKey" | "kms:Decrypt";

/** *Documented*: the member of the encryption context by which policies tell state machines and activities apart. */
export function encryptionContextName(resourceArn: string): string {
  return resourceArn.includes(":activity:")
    ? "aws:states:activityArn"
    : "aws:states:stateMachineArn";
}

/**
 * The access that IAM knows such a use as. *Documented*: KMS's condition keys; the encryption context is that of calls which seal or open;
 * an alias is no resource of policies, but a condition. *Our choice*: as nobody here knows which key it stands for, that is `key/alias/NAME`.
 */
export function keyAccess(action: KeyAction, { resourceArn, kmsKeyId }: CustomerKey): Access {
  const { partition, region, accountId } = scopeOfArn(resourceArn);
  const [, alias] = /(?:^|:)(alias\/.+)$/.exec(kmsKeyId) ?? [];
  const resource = kmsKeyId.startsWith("arn:")
    ? kmsKeyId.replace(":alias/", ":key/alias/")
    : `arn:${partition}:kms:${region}:${accountId}:key/${kmsKeyId}`;
  const context = encryptionContextName(resourceArn);
  return {
    action,
    resource,
    conditions: {
      "kms:ViaService": `states.${region}.amazonaws.com`,
      "kms:CallerAccount": accountId,
      ...(alias !== undefined && { "kms:RequestAlias": alias, "kms:ResourceAliases": [alias] }),
      ...(action !== "kms:DescribeKey" && {
        [encryptionContextKey(resourceArn)]: resourceArn,
        "kms:EncryptionContextKeys": [context],
      }),
    },
  };
}

/** *Documented*: the condition key by which a policy lets a key be used for one state machine or activity. */
export function encryptionContextKey(resourceArn: string): string {
  return `kms:EncryptionContext:${encryptionContextName(resourceArn)}`;
}

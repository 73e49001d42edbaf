import type { CustomerKey } from "./customer-keys.ts";

/** What an `encryptionConfiguration` says, as the API takes it. */
interface EncryptionConfiguration {
  readonly type: "AWS_OWNED_KEY" | "CUSTOMER_MANAGED_KMS_KEY";
  readonly kmsKeyId?: string;
  readonly kmsDataKeyReusePeriodSeconds?: number;
}

interface Configured {
  readonly encryptionConfiguration?: string;
}

/** *Documented*: how long a data key is reused where nothing else is said. */
const usualReuseSeconds = 300;

/** Records never change, so each is read once. */
const known = new WeakMap<Configured, CustomerKey | undefined>();

/** The customer's key by which a revision of a state machine, or an activity, is configured; most have none. */
export function customerKeyOf(
  resourceArn: string,
  configured: Configured,
): CustomerKey | undefined {
  const { encryptionConfiguration } = configured;
  if (encryptionConfiguration === undefined) return undefined;
  if (!known.has(configured)) known.set(configured, parsed(resourceArn, encryptionConfiguration));
  return known.get(configured);
}

function parsed(resourceArn: string, text: string): CustomerKey | undefined {
  const { type, kmsKeyId, kmsDataKeyReusePeriodSeconds } = JSON.parse(
    text,
  ) as EncryptionConfiguration;
  if (type !== "CUSTOMER_MANAGED_KMS_KEY" || kmsKeyId === undefined) return undefined;
  return { resourceArn, kmsKeyId, reuseSeconds: kmsDataKeyReusePeriodSeconds ?? usualReuseSeconds };
}

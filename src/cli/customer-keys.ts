import { kmsKeyProvider } from "../integrations/aws/kms-keys.ts";
import { createSdkClients } from "../integrations/aws/sdk-clients.ts";
import type { Logger } from "../ports/logger.ts";
import type { CustomerKeyProviders } from "../store/customer-keys/customer-key-ring.ts";
import { keyProviderOf, type KeySettings } from "./key-provider-of.ts";
import type { Settings } from "./settings.ts";

/**
 * The keys that state machines and activities name: as the configuration says, else of AWS KMS. A key file and a variable are
 * read anew each time, so that a key that was taken away is not there any more.
 */
export function customerKeyProviders(
  settings: KeySettings & Pick<Settings, "encryption">,
  logger: Logger,
): CustomerKeyProviders {
  const configured = settings.encryption?.customerKeys ?? {};
  let clients: ReturnType<typeof createSdkClients> | undefined;
  return (kmsKeyId) => {
    const { names, region } = partsOf(kmsKeyId);
    const name = names.find((each) => Object.hasOwn(configured, each));
    const found = name === undefined ? undefined : configured[name];
    if (found !== undefined && found.kms === undefined)
      return keyProviderOf(found, settings, logger);
    clients ??= createSdkClients({ ...settings, logger });
    return kmsKeyProvider({
      clients,
      region: region ?? settings.region,
      keyId: found?.kms ?? kmsKeyId,
    });
  };
}

/** An ARN is that of the key or alias which it ends with: the configuration may have either. */
function partsOf(kmsKeyId: string): {
  readonly names: readonly string[];
  readonly region?: string;
} {
  const [, region, resource] = /^arn:[^:]+:kms:([^:]+):\d{12}:(.+)$/.exec(kmsKeyId) ?? [];
  if (region === undefined || resource === undefined) return { names: [kmsKeyId] };
  return { names: [kmsKeyId, resource.replace(/^key\//, "")], region };
}

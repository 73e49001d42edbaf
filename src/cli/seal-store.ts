import { KeyUnavailable } from "../ports/key-provider.ts";
import type { LogSeal } from "../ports/log-seal.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import { systemClock } from "../runtime/system-clock.ts";
import { hasDataKeys, type KeyRingOptions } from "../store/sealed/key-ring.ts";
import { openSealedStore } from "../store/sealed/open-sealed-store.ts";
import { SealViolation } from "../store/sealed/sealed-text.ts";
import { CommandFailure } from "./errors.ts";
import { keyProviderOf, type KeySettings } from "./key-provider-of.ts";
import type { Settings } from "./settings.ts";

/** Seals a store that was opened, where the settings say so. It is closed again if that cannot be. */
export async function sealStore<S extends Store>(
  store: S,
  {
    settings,
    logger,
    isNew,
  }: {
    readonly settings: KeySettings & Pick<Settings, "encryption">;
    readonly logger: Logger;
    readonly isNew: boolean;
  },
): Promise<{ readonly store: S; readonly logSeal?: LogSeal }> {
  try {
    if (settings.encryption?.key !== undefined) {
      const plainTexts = isNew ? "refused" : "accepted";
      const options = { store, ...ringOptions(settings, logger), plainTexts } as const;
      const { store: sealed, log } = await openSealedStore(options);
      return { store: sealed, logSeal: log };
    }
    if (await hasDataKeys(store)) throw new CommandFailure(sealedWithoutKey);
    return { store };
  } catch (error) {
    await store.close();
    throw keyFailure(error);
  }
}

/** How the data keys of a store are opened. */
export function ringOptions(
  settings: KeySettings & Pick<Settings, "encryption">,
  logger: Logger,
): Omit<KeyRingOptions, "store" | "plainTexts"> {
  const { encryption } = settings;
  if (encryption?.key === undefined) throw new CommandFailure(sealedWithoutKey);
  const { key, rotateAfterDays } = encryption;
  return {
    provider: keyProviderOf(key, settings, logger),
    now: () => systemClock.now(),
    ...(rotateAfterDays !== undefined && { rotateAfterDays }),
    onRotationFailure: (reason) =>
      logger.warn("It is time for a new data key, and none could be made; the one before goes on", {
        reason: reason.message,
      }),
  };
}

/** What is wrong with a key or with what it seals, as the end of a command. */
export function keyFailure(error: unknown): unknown {
  if (error instanceof KeyUnavailable) {
    const text = error.message.charAt(0).toUpperCase() + error.message.slice(1);
    return new CommandFailure(
      `${text}\nThe store cannot be opened without its key. See 'encryption' of the configuration.`,
      { cause: error },
    );
  }
  return error instanceof SealViolation
    ? new CommandFailure(`The store was changed from outside: ${error.message}.`, { cause: error })
    : error;
}

const sealedWithoutKey =
  "The store is encrypted, and there is no key: name it with 'encryption' of the configuration, as it was when the store was made.";

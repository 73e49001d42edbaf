import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { filledText } from "../integrations/references/filled-text.ts";
import { parsePrices, type Prices } from "../telemetry/usage/prices.ts";
import type { TelemetrySettings } from "../telemetry/telemetry.ts";
import { type Check, isString, objectOf, wholeFrom } from "./config-checks.ts";
import { CommandFailure } from "./errors.ts";

/** What is counted and watched. */
export interface TelemetryConfiguration {
  /** How long minutes of metrics are kept; 15 if absent. */
  readonly metricsRetentionDays?: number;
  /** Reads `GET /metrics` without a signature; `${…}` names a variable or a file, as in other secrets. */
  readonly metricsToken?: string;
  /** The path of a file like `data/prices.json`, for other prices than those that ship. */
  readonly prices?: string;
}

/** *Our choice*: the longest that CloudWatch keeps anything. */
const mostRetentionDays = 455;

export const isTelemetry: Check = objectOf({
  metricsRetentionDays: wholeFrom(1, mostRetentionDays),
  metricsToken: isString,
  prices: isString,
} satisfies { readonly [K in keyof Required<TelemetryConfiguration>]: Check });

export function telemetryOf(
  config: TelemetryConfiguration | undefined,
  folder: string,
): TelemetrySettings {
  const { prices, metricsToken, ...settings } = config ?? {};
  return {
    ...settings,
    ...(metricsToken !== undefined && { metricsToken: secretOf(metricsToken, folder) }),
    prices: readPrices(prices && resolve(folder, prices)),
  };
}

function secretOf(text: string, folder: string): string {
  const filled = filledText(text, { environment: process.env, folder });
  if ("text" in filled) return filled.text;
  throw new CommandFailure(`telemetry.metricsToken: ${filled.problem}.`);
}

/** Those that ship, or those of a file. */
function readPrices(path: string | undefined): Prices {
  const file = path ?? join(import.meta.dirname, "..", "..", "data", "prices.json");
  try {
    return parsePrices(readFileSync(file, "utf8"));
  } catch (error) {
    throw new CommandFailure(`The prices of ${file} cannot be used: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}

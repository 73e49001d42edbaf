import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { filledText } from "../integrations/references/filled-text.ts";
import { parsePrices, type Prices } from "../telemetry/usage/prices.ts";
import { isNotificationTarget } from "../telemetry/alarms/notification.ts";
import { alertConditions, type AlertRule } from "../telemetry/alerts/alert-rule.ts";
import type { CloudWatchSettings } from "../telemetry/cloudwatch/cloudwatch-exporter.ts";
import type { OtlpSettings } from "../telemetry/otlp/otlp-exporter.ts";
import type { SamplingSettings } from "../telemetry/tracing/execution-spans.ts";
import type { TelemetrySettings } from "../telemetry/telemetry.ts";
import {
  type Check,
  isBoolean,
  isNumber,
  isString,
  isUrl,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  wholeFrom,
  wrong,
} from "./config-checks.ts";
import { CommandFailure } from "./errors.ts";

/** *Our choice*: a week. */
const mostAlertMinutes = 7 * 24 * 60;

const isAlert = objectOf({
  name: isString,
  workflow: isString,
  when: oneOf(alertConditions),
  above: isNumber,
  minutes: wholeFrom(1, mostAlertMinutes),
  notify: listOf((value) =>
    typeof value === "string" && isNotificationTarget(value)
      ? undefined
      : wrong("must be mailto:…, https://… or the ARN of an SNS topic"),
  ),
} satisfies { readonly [K in keyof Required<AlertRule>]: Check });

/** `alerts`: each has a name of its own, a condition and how far it looks back. */
export const isAlerts: Check = (value) => {
  const problem = listOf(isAlert)(value);
  if (problem !== undefined) return problem;
  const rules = value as readonly Partial<AlertRule>[];
  const isWhole = rules.every(
    ({ name, when, minutes, notify }) =>
      name !== undefined && when !== undefined && minutes !== undefined && notify !== undefined,
  );
  if (!isWhole) return wrong("must have a name, when, minutes and notify in each");
  const isUnique = new Set(rules.map(({ name }) => name)).size === rules.length;
  return isUnique ? undefined : wrong("must have a different name in each");
};

/** What is counted and watched. */
export interface TelemetryConfiguration {
  /** How long minutes of metrics are kept; 15 if absent. */
  readonly metricsRetentionDays?: number;
  /** Reads `GET /metrics` without a signature; `${…}` names a variable or a file, as in other secrets. */
  readonly metricsToken?: string;
  /** Where spans and figures are sent as OTLP over HTTP. */
  readonly otlp?: OtlpSettings;
  /** What is sent to CloudWatch by the AWS SDK. */
  readonly cloudWatch?: CloudWatchSettings;
  readonly tracing?: SamplingSettings;
  /** The path of a file like `data/prices.json`, for other prices than those that ship. */
  readonly prices?: string;
}

/** *Our choice*: the longest that CloudWatch keeps anything. */
const mostRetentionDays = 455;

const isShare: Check = (value) =>
  typeof value === "number" && value >= 0 && value <= 1
    ? undefined
    : wrong("must be a number from 0 to 1");

/** *Documented*: a namespace of one's own has up to 255 characters, and does not begin as AWS's do. */
const isOwnNamespace: Check = (value) =>
  typeof value === "string" && /^(?!AWS\/|:)[\w.\-/#: ]{1,255}$/.test(value)
    ? undefined
    : wrong("must be a namespace that does not begin with AWS/");

export const isTelemetry: Check = objectOf({
  metricsRetentionDays: wholeFrom(1, mostRetentionDays),
  metricsToken: isString,
  otlp: objectOf({
    endpoint: isUrl,
    headers: mapOf(isString),
    serviceName: isString,
  } satisfies { readonly [K in keyof Required<OtlpSettings>]: Check }),
  cloudWatch: objectOf({
    namespace: isOwnNamespace,
    metrics: listOf(isString),
  } satisfies { readonly [K in keyof Required<CloudWatchSettings>]: Check }),
  tracing: objectOf({
    ratio: isShare,
    mapRunChildren: isBoolean,
  } satisfies { readonly [K in keyof Required<SamplingSettings>]: Check }),
  prices: isString,
} satisfies { readonly [K in keyof Required<TelemetryConfiguration>]: Check });

export function telemetryOf(
  config: TelemetryConfiguration | undefined,
  alerts: readonly AlertRule[],
  folder: string,
): TelemetrySettings {
  const { prices, metricsToken, otlp, ...settings } = config ?? {};
  if (otlp !== undefined && typeof otlp.endpoint !== "string") {
    throw new CommandFailure("telemetry.otlp needs an endpoint, such as http://localhost:4318.");
  }
  return {
    ...settings,
    alerts,
    ...(metricsToken !== undefined && {
      metricsToken: secretOf(metricsToken, "metricsToken", folder),
    }),
    ...(otlp && { otlp: { ...otlp, headers: filledHeaders(otlp.headers ?? {}, folder) } }),
    prices: readPrices(prices && resolve(folder, prices)),
  };
}

function filledHeaders(
  headers: { readonly [name: string]: string },
  folder: string,
): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      secretOf(value, `otlp.headers.${name}`, folder),
    ]),
  );
}

function secretOf(text: string, key: string, folder: string): string {
  const filled = filledText(text, { environment: process.env, folder });
  if ("text" in filled) return filled.text;
  throw new CommandFailure(`telemetry.${key}: ${filled.problem}.`);
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

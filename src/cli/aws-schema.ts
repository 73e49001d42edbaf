import type {
  AwsConfiguration,
  AwsPlace,
  AssumeRoles,
} from "../integrations/aws/aws-configuration.ts";
import { type Check, isString, isUrl, mapOf, objectOf, wrong } from "./config-checks.ts";

const placeTable = {
  region: isString,
  profile: isString,
  endpoint: isUrl,
} satisfies { readonly [K in keyof Required<AwsPlace>]: Check };

const modes: readonly string[] = [
  "always",
  "credentials",
  "never",
] satisfies readonly AssumeRoles[];

const isAssumeRoles: Check = (value) =>
  typeof value === "string" && modes.includes(value)
    ? undefined
    : wrong('must be "always", "credentials" or "never"');

const awsTable = {
  ...placeTable,
  services: mapOf(objectOf(placeTable)),
  assumeRoles: isAssumeRoles,
} satisfies { readonly [K in keyof Required<AwsConfiguration>]: Check };

export const isAws: Check = objectOf(awsTable);

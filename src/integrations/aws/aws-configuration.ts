import { sdkServiceName } from "./service-names.ts";

/** Where calls go; what is absent is as the AWS SDK finds it. */
export interface AwsPlace {
  /** Instead of the Region of the execution. */
  readonly region?: string;
  /** Of the shared configuration files: credentials, and an endpoint if it names one. */
  readonly profile?: string;
  /** A stand-in, instead of the endpoint that the environment or the profile names. */
  readonly endpoint?: string;
}

/** What a configuration says of AWS. */
export interface AwsConfiguration extends AwsPlace {
  /** For one service, by its name in SDK integrations (`s3`, `cloudwatchlogs`) or in optimized ones (`events`). */
  readonly services?: { readonly [service: string]: AwsPlace };
  /** Which roles tasks are performed with; {@link usualAssumeRoles}. */
  readonly assumeRoles?: AssumeRoles;
}

/**
 * `credentials`: the roles that `Credentials` of tasks name; `always`: the role of the state machine, too, and from it that of
 * `Credentials`, as AWS does; `never`: the credentials of this server are used for all.
 */
export type AssumeRoles = "always" | "credentials" | "never";

/**
 * *Our choice*. Whoever writes `Credentials` means another account or other rights, and to call with this server's would be wrong
 * there. The role of a state machine has to be named even where nobody reads it, and is made up in most definitions that
 * are tried on a laptop; at AWS only Step Functions itself may assume it until its trust policy names whoever runs this.
 */
export const usualAssumeRoles: AssumeRoles = "credentials";

/** What the configuration says of one service, which is named as in the ARNs of SDK integrations. */
export function awsPlace(configuration: AwsConfiguration | undefined, service: string): AwsPlace {
  if (configuration === undefined) return {};
  const { region, profile, endpoint, services = {} } = configuration;
  const [, own = {}] =
    Object.entries(services).find(([name]) => sdkServiceName(name) === service) ?? [];
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...own,
  };
}

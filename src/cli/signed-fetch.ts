import {
  type AwsCredentials,
  signedHeaders,
  type Unsigned,
} from "../integrations/aws/signature.ts";
import { sdkCredentials } from "../worker/activity-client.ts";
import { ownerCredentials } from "./owner-credentials.ts";

/** Our choice: what is asked for this way is nowhere but at this server, in whichever Region. */
export const usualRegion = "us-east-1";

/**
 * Asks a Stepwell for something, signed with the credentials that are configured, else with those of its owner. Without any it goes
 * as it is, which a server takes that asks nobody.
 */
export async function signedFetch(
  request: Unsigned,
  service: "states" | "iam" | "sts" = "states",
): Promise<Response> {
  const { method, url, headers = {}, body } = request;
  const credentials = await credentialsFor(url);
  const signed =
    credentials === undefined
      ? headers
      : await signedHeaders(request, { service, region: usualRegion, credentials, at: Date.now() });
  return fetch(url, { method, headers: signed, ...(body !== undefined && { body }) });
}

/** Those of the server's owner, or those that are configured; `undefined`: there are none. */
export async function credentialsFor(url: URL): Promise<AwsCredentials | undefined> {
  return (await ownerCredentials(url.href, process.env)) ?? configuredCredentials(url.href);
}

async function configuredCredentials(endpoint: string): Promise<AwsCredentials | undefined> {
  const { AWS_ACCESS_KEY_ID, AWS_PROFILE } = process.env;
  if (!AWS_ACCESS_KEY_ID && !AWS_PROFILE) return undefined;
  // A profile that has run out matters to nobody whom the server does not ask.
  return sdkCredentials(endpoint, usualRegion, process.env)().catch(() => undefined);
}

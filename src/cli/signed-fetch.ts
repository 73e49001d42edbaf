import { signedHeaders, type Unsigned } from "../integrations/aws/signature.ts";
import { sdkCredentials } from "../worker/activity-client.ts";
import { ownerCredentials } from "./owner-credentials.ts";

/** Our choice: what is asked for this way is nowhere but at this server, in whichever Region. */
const region = "us-east-1";

/**
 * Asks a Stepwell for something, signed with the credentials that are configured, else with those of its owner. Without any it goes
 * as it is, which a server takes that asks nobody.
 */
export async function signedFetch(
  request: Unsigned,
  service: "states" | "iam" | "sts" = "states",
): Promise<Response> {
  const { method, url, headers = {}, body } = request;
  const credentials =
    (await ownerCredentials(url.href, process.env)) ?? (await configuredCredentials(url.href));
  const signed =
    credentials === undefined
      ? headers
      : await signedHeaders(request, { service, region, credentials, at: Date.now() });
  return fetch(url, { method, headers: signed, ...(body !== undefined && { body }) });
}

async function configuredCredentials(endpoint: string) {
  const { AWS_ACCESS_KEY_ID, AWS_PROFILE } = process.env;
  if (!AWS_ACCESS_KEY_ID && !AWS_PROFILE) return undefined;
  // A profile that has run out matters to nobody whom the server does not ask.
  return sdkCredentials(endpoint, region, process.env)().catch(() => undefined);
}

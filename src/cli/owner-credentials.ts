import { resolve } from "node:path";
import type { AwsCredentials } from "../integrations/aws/signature.ts";
import { type OwnerKey, readOwnerKey } from "../server/authentication/owner-key.ts";
import { readConfigFile } from "./config-file.ts";
import { isLoopback } from "./listen-safety.ts";
import { usualDataDir } from "./settings.ts";

/**
 * The key of the owner of the server at that endpoint; `undefined`: other credentials are configured, it is on another machine, or
 * there is no server that has written one into the data directory.
 */
export async function ownerCredentials(
  endpoint: string,
  environment: NodeJS.ProcessEnv,
): Promise<AwsCredentials | undefined> {
  const { AWS_ACCESS_KEY_ID, AWS_PROFILE } = environment;
  if (AWS_ACCESS_KEY_ID || AWS_PROFILE || !URL.canParse(endpoint)) return undefined;
  const { protocol, port, hostname } = new URL(endpoint);
  if (!(await isLoopback(hostname.replace(/^\[(.*)\]$/, "$1")))) return undefined;
  const key = await keyHere();
  if (key === undefined) return undefined;
  const own = new URL(key.endpoint);
  return own.port === port && own.protocol === protocol ? key : undefined;
}

/** Where the server is that has written its owner's key into the data directory here, for whoever is on the same machine. */
export async function ownerEndpoint(): Promise<string | undefined> {
  const key = await keyHere();
  if (key === undefined) return undefined;
  const url = new URL(key.endpoint);
  // What listens on all addresses is reached at this one.
  if (["0.0.0.0", "[::]"].includes(url.hostname)) url.hostname = "127.0.0.1";
  return url.origin;
}

/** The key in the data directory of the working directory's configuration. */
async function keyHere(): Promise<OwnerKey | undefined> {
  const { config, folder } = await readConfigFile(undefined);
  const key = readOwnerKey(resolve(folder, config.dataDir ?? usualDataDir));
  return key !== undefined && URL.canParse(key.endpoint) ? key : undefined;
}

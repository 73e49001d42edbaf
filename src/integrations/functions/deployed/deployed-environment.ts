import { delimiter, join } from "node:path";
import type { FunctionVersionRecord } from "./function-record.ts";

/** What a function signs with when it calls this server or AWS. */
export interface FunctionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  /** When they end; absent: never. */
  readonly expiresAt?: number;
}

/**
 * Names of the engine's own environment that a deployed function sees. *Our choice*: what programs need to run, and nothing that
 * may be secret, since whoever deploys functions need not be whoever runs the server.
 */
const inheritedNames = [
  "PATH",
  "HOME",
  "LANG",
  "LC_ALL",
  "TMPDIR",
  "TEMP",
  "TMP",
  "SystemRoot",
  "NODE_EXTRA_CA_CERTS",
  "SSL_CERT_FILE",
  "SSL_CERT_DIR",
];

export function inheritedEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    inheritedNames.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

export interface DeployedSurroundings {
  readonly version: FunctionVersionRecord;
  readonly folder: string;
  /** Those of its layers; what is in a later one comes first. */
  readonly layerFolders: readonly string[];
  /** Where modules are that every function finds, the AWS SDK's clients; absent: there are none. */
  readonly modulesFolder?: string | undefined;
  readonly credentials: FunctionCredentials;
  /** Where it reaches this server; absent: it is told of none. */
  readonly endpointUrl?: string | undefined;
}

/**
 * What a deployed function finds in its environment beside what every function does: its own variables come last.
 *
 * *Documented*: where Lambda looks in layers, below `/opt`. Here each layer is a folder of its own, and nothing is at `/opt`.
 */
export function deployedEnvironment(surroundings: DeployedSurroundings): {
  readonly [name: string]: string;
} {
  const { version, folder, credentials, endpointUrl, modulesFolder } = surroundings;
  const layers = surroundings.layerFolders.toReversed();
  const inLayers = (...places: readonly string[]) =>
    layers.flatMap((layer) => places.map((place) => join(layer, ...place.split("/"))));
  const list = (...folders: readonly string[]) => folders.join(delimiter);
  const [, python = "3"] = /^python(3\.\d+)$/.exec(version.runtime) ?? [];
  const [, node = ""] = /^nodejs(\d+)\.x$/.exec(version.runtime) ?? [];
  const { PATH = "" } = process.env;
  return {
    TZ: "UTC",
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken !== undefined && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    ...(endpointUrl !== undefined && { AWS_ENDPOINT_URL: endpointUrl }),
    PATH: list(...inLayers("bin"), PATH),
    LD_LIBRARY_PATH: list(folder, join(folder, "lib"), ...inLayers("lib")),
    NODE_PATH: list(
      ...inLayers(`nodejs/node${node}/node_modules`, "nodejs/node_modules"),
      ...(modulesFolder === undefined ? [] : [modulesFolder]),
    ),
    PYTHONPATH: list(folder, ...inLayers("python", `python/lib/python${python}/site-packages`)),
    ...version.environment,
  };
}

import type { JsonValue } from "../../expression/json.ts";

/** What stands in for a service: something of the user's own. */
export type StandIn =
  CommandStandIn | ContainerStandIn | FunctionStandIn | HttpStandIn | FolderStandIn | ResultStandIn;

/** A program: the request on its standard input, the result on its standard output. */
export interface CommandStandIn {
  /** A text is a line for the shell. */
  readonly command: string | readonly string[];
  readonly environment?: { readonly [name: string]: string };
  readonly timeoutSeconds?: number;
}

/** An image, run with podman or docker: what it prints is its log. */
export interface ContainerStandIn {
  readonly container: string;
  readonly environment?: { readonly [name: string]: string };
  /** Arguments for `podman run` or `docker run` before the image: volumes, networks. */
  readonly arguments?: readonly string[];
  readonly timeoutSeconds?: number;
}

/** A function, as Lambda tasks name it: the request is its event. */
export interface FunctionStandIn {
  readonly function: string;
}

/** A URL that the request is posted to. */
export interface HttpStandIn {
  readonly http: string;
  readonly headers?: { readonly [name: string]: string };
  readonly timeoutSeconds?: number;
}

/** A folder with a folder for each bucket: for `aws-sdk:s3`. */
export interface FolderStandIn {
  readonly folder: string;
}

/** Always the same result. */
export interface ResultStandIn {
  readonly result: JsonValue;
}

/** What stands in for the resources whose names a pattern matches: `ecs:runTask.sync`, `sns:publish`, `aws-sdk:s3:*`. */
export interface StandIns {
  readonly [pattern: string]: StandIn;
}

/** Our choice: as long as Lambda's longest time-out for a call, and a day for a job. */
export const usualTimeoutSeconds = { call: 900, job: 86_400 } as const;

import type { JsonObject } from "../../../expression/json.ts";
import type { EpochMs } from "../../../machine/ids.ts";

/** The collections of documents that deployed functions are in. */
export const functionCollections = {
  functions: "lambda.function",
  versions: "lambda.version",
  layers: "lambda.layer",
  layerVersions: "lambda.layer-version",
  code: "lambda.code",
} as const;

/** A function that was deployed by Lambda's API: what changes together is one document. */
export interface FunctionRecord {
  readonly name: string;
  /** Without a version. */
  readonly arn: string;
  readonly latest: FunctionVersionRecord;
  /** The number of the newest published version, 0 before there is one; numbers are never used again. */
  readonly lastVersion: number;
  readonly aliases: { readonly [name: string]: FunctionAliasRecord };
  /** Statements that AddPermission has made, by version or alias; by `""` for the function itself. */
  readonly policies: { readonly [qualifier: string]: FunctionPolicyRecord };
  readonly tags: { readonly [key: string]: string };
  /** `ReservedConcurrentExecutions`: 0 lets nobody call it. */
  readonly reservedConcurrency?: number;
}

/** The settings and the code of `$LATEST`, or of a published version, which never change. */
export interface FunctionVersionRecord {
  /** `$LATEST` or a number. */
  readonly version: string;
  readonly runtime: string;
  readonly handler: string;
  readonly roleArn: string;
  readonly description: string;
  readonly timeoutSeconds: number;
  readonly memorySizeMb: number;
  readonly environment: { readonly [name: string]: string };
  readonly architectures: readonly string[];
  /** In the order in which a later one comes before an earlier one. */
  readonly layers: readonly FunctionLayer[];
  /** Of the archive, in base64 as Lambda shows it. */
  readonly codeSha256: string;
  readonly codeSize: number;
  readonly lastModified: EpochMs;
  /** Another one with each change. */
  readonly revisionId: string;
  /** Members of Lambda's that are kept and shown, and do nothing here: `VpcConfig`. */
  readonly others: JsonObject;
}

export interface FunctionLayer {
  readonly arn: string;
  readonly codeSha256: string;
  readonly codeSize: number;
}

export interface FunctionAliasRecord {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** The share of calls that go to another version, by that version: canaries. */
  readonly weights: { readonly [version: string]: number };
  readonly revisionId: string;
}

export interface FunctionPolicyRecord {
  readonly revisionId: string;
  readonly statements: readonly JsonObject[];
}

export interface LayerRecord {
  readonly name: string;
  readonly lastVersion: number;
}

export interface LayerVersionRecord {
  readonly name: string;
  readonly version: number;
  readonly description: string;
  readonly licenseInfo?: string;
  readonly runtimes: readonly string[];
  readonly architectures: readonly string[];
  readonly codeSha256: string;
  readonly codeSize: number;
  readonly createdAt: EpochMs;
}

/** The id of a function's or a layer's document. */
export function functionId(region: string, name: string): string {
  return `${region}/${name}`;
}

/** The id of a version's document; they come in the order of their numbers. */
export function versionId(region: string, name: string, version: number | string): string {
  return `${versionPrefix(region, name)}${String(version).padStart(10, "0")}`;
}

export function versionPrefix(region: string, name: string): string {
  return `${functionId(region, name)}/`;
}

/** A checksum as Lambda shows it as part of a file's name. */
export function hexOf(codeSha256: string): string {
  return Buffer.from(codeSha256, "base64").toString("hex");
}

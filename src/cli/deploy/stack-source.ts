import { readFileSync } from "node:fs";
import type { Template } from "../../template/template.ts";
import { CommandFailure } from "../errors.ts";

/** A stack as files say it. */
export interface StackSource {
  readonly stackName: string;
  readonly template: Template;
  /** What local paths in it are from. */
  readonly folder: string;
  readonly parameters: { readonly [name: string]: string };
  readonly tags: { readonly [key: string]: string };
  /** Files that the template names by where they will be in S3. */
  readonly assets: readonly SourceAsset[];
}

/** A file or a folder that goes into a bucket. `${AWS::AccountId}` and `${AWS::Region}` may be in the bucket's name. */
export interface SourceAsset {
  readonly path: string;
  readonly isZipped: boolean;
  readonly bucket: string;
  readonly key: string;
}

export function fileText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read: ${(error as Error).message}`);
  }
}

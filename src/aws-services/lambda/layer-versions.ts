import type { JsonObject } from "../../expression/json.ts";
import {
  type FunctionLayer,
  type LayerVersionRecord,
  versionId,
} from "../../integrations/functions/deployed/function-record.ts";
import type { Access } from "../../ports/authorizer.ts";
import { layerArnsOf } from "./function-settings.ts";
import type { FunctionPlace, LambdaContext } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";

/** *Documented*: a function is given layers by whoever may read them. */
export function layerAccess(members: JsonObject): readonly Access[] {
  return (layerArnsOf(members) ?? []).map((resource) => ({
    action: "lambda:GetLayerVersion",
    resource,
  }));
}

/** What the ARNs of layer versions mean. A layer is of this server: AWS's and others' are not there. */
export function layersOf(
  context: LambdaContext,
  arns: readonly string[],
  { region, arn }: Pick<FunctionPlace, "region" | "arn">,
): Promise<readonly FunctionLayer[]> {
  const [, partition = "", , , account = ""] = arn.split(":");
  return Promise.all(
    arns.map(async (layerArn) => {
      const { name, version } = parseLayerArn(layerArn);
      const found = await context.layerVersions.get(versionId(region, name, version));
      if (
        found === undefined ||
        layerVersionArn({ partition, region, account }, found) !== layerArn
      ) {
        throw lambdaErrors.invalid(
          `Layer version ${layerArn} does not exist. Publish it to this server: layers of AWS and of other accounts are not here`,
        );
      }
      return { arn: layerArn, codeSha256: found.codeSha256, codeSize: found.codeSize };
    }),
  );
}

export function parseLayerArn(arn: string): { readonly name: string; readonly version: string } {
  const [, name, version] =
    /^arn:[^:]+:lambda:[^:]+:\d{12}:layer:([A-Za-z0-9_-]{1,140}):(\d{1,9})$/.exec(arn) ?? [];
  if (name === undefined || version === undefined) {
    throw lambdaErrors.constraint(
      "layers",
      arn,
      String.raw`satisfy regular expression pattern: arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+`,
    );
  }
  return { name, version };
}

export function layerVersionArn(
  {
    partition,
    region,
    account,
  }: { readonly partition: string; readonly region: string; readonly account: string },
  { name, version }: Pick<LayerVersionRecord, "name" | "version">,
): string {
  return `arn:${partition}:lambda:${region}:${account}:layer:${name}:${version}`;
}

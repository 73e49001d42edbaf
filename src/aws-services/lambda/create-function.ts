import type { JsonObject } from "../../expression/json.ts";
import {
  functionId,
  type FunctionRecord,
} from "../../integrations/functions/deployed/function-record.ts";
import type { Access } from "../../ports/authorizer.ts";
import { flagOf, structureOf, textOf } from "../members.ts";
import { architecturesOf, layerArnsOf, newSettings } from "./function-settings.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import { type LambdaOperations, ofFunction } from "./lambda-operation.ts";
import { layerAccess, layersOf } from "./layer-versions.ts";
import { publishLatest } from "./publish-version.ts";
import { shownFunction } from "./shown-function.ts";
import { checkedTags } from "./tag-operations.ts";
import { codeAccess, uploadedArchive, withCode } from "./uploaded-code.ts";

export const functionsPath = "/2015-03-31/functions";

/** *Documented*: whoever gives a function its role has to be allowed to. */
export function passRole(members: JsonObject): readonly Access[] {
  const role = textOf(members, "Role");
  const conditions = { "iam:PassedToService": "lambda.amazonaws.com" };
  return role === undefined ? [] : [{ action: "iam:PassRole", resource: role, conditions }];
}

export function createFunction(context: LambdaContext): LambdaOperations {
  const { clock, ids, deployed } = context.options;
  return {
    CreateFunction: ofFunction("CreateFunction", {
      http: { method: "POST", path: functionsPath, status: 201 },
      also: (members, caller) => [
        ...passRole(members),
        ...codeAccess(structureOf(members, "Code"), caller),
        ...layerAccess(members),
      ],
      async perform({ members, place }) {
        const { region, name, arn } = place;
        const id = functionId(region, name);
        const exists = () => lambdaErrors.conflict(`Function already exist: ${name}`);
        const arns = layerArnsOf(members);
        const architectures = architecturesOf(members);
        const tags = checkedTags(members["Tags"]);
        // What is wrong with the settings is said before any code is stored.
        const layers = arns && (await layersOf(context, arns, place));
        const settings = newSettings(members, layers);
        if ((await context.functions.get(id)) !== undefined) throw exists();
        const archive = await uploadedArchive(context, structureOf(members, "Code"));
        return withCode(context, archive, async (code) => {
          const created: FunctionRecord = {
            name,
            arn,
            latest: {
              ...settings,
              ...(architectures && { architectures }),
              ...code,
              version: "$LATEST",
              lastModified: clock.now(),
              revisionId: ids.uuid(),
            },
            lastVersion: 0,
            aliases: {},
            policies: {},
            tags,
          };
          await context.functions.update(id, (before) => {
            if (before !== undefined) throw exists();
            return created;
          });
          deployed.forget(region, name);
          if (!flagOf(members, "Publish")) return shownFunction(created, created.latest, false);
          return shownFunction(created, await publishLatest(context, place), true);
        });
      },
    }),
  };
}

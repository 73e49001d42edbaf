import type { ServiceApi } from "../../ports/service-api.ts";
import { accountOperations } from "./account-operations.ts";
import { aliasOperations } from "./alias-operations.ts";
import { changeFunctions } from "./change-functions.ts";
import { concurrencyOperations } from "./concurrency-operations.ts";
import { createFunction } from "./create-function.ts";
import { invokeFunction } from "./invoke-function.ts";
import { LambdaContext, type LambdaOptions } from "./lambda-context.ts";
import { layerOperations } from "./layer-operations.ts";
import { permissionOperations } from "./permission-operations.ts";
import { readFunctions } from "./read-functions.ts";
import { tagOperations } from "./tag-operations.ts";
import { versionOperations } from "./version-operations.ts";

/** Lambda: functions that tools deploy, and that run here. */
export function lambdaApi(options: LambdaOptions): ServiceApi {
  const context = new LambdaContext(options);
  return {
    signingName: "lambda",
    protocol: { type: "rest-json" },
    operations: {
      ...createFunction(context),
      ...readFunctions(context),
      ...changeFunctions(context),
      ...versionOperations(context),
      ...aliasOperations(context),
      ...permissionOperations(context),
      ...tagOperations(context),
      ...concurrencyOperations(context),
      ...layerOperations(context),
      ...invokeFunction(context),
      ...accountOperations(context),
    },
  };
}

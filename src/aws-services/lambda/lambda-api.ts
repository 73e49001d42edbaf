import type { ServiceApi } from "../../ports/service-api.ts";
import { accountOperations } from "./account-operations.ts";
import { aliasOperations } from "./alias-operations.ts";
import { changeFunctions } from "./change-functions.ts";
import { concurrencyOperations } from "./concurrency-operations.ts";
import { createFunction } from "./create-function.ts";
import { invokeFunction } from "./invoke-function.ts";
import { LambdaContext, type LambdaOptions } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import type { LambdaOperations } from "./lambda-operation.ts";
import { layerOperations } from "./layer-operations.ts";
import { mappingOperations } from "./mapping-operations.ts";
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
      ...mappingOperations(context),
      ...tagOperations(context),
      ...concurrencyOperations(context),
      ...layerOperations(context),
      ...invokeFunction(context),
      ...accountOperations(context),
      ...(options.takesCode ? {} : refusingCode(context)),
    },
  };
}

/** What brings code, where none is taken: whoever asks is told which setting says so. */
function refusingCode(context: LambdaContext): LambdaOperations {
  const operations = {
    ...createFunction(context),
    ...changeFunctions(context),
    ...layerOperations(context),
  };
  return Object.fromEntries(
    ["CreateFunction", "UpdateFunctionCode", "PublishLayerVersion"].map((name) => [
      name,
      {
        ...operations[name],
        prepare() {
          throw lambdaErrors.noCode();
        },
      },
    ]),
  );
}

import { numberOf } from "../members.ts";
import type { LambdaContext } from "./lambda-context.ts";
import { lambdaErrors } from "./lambda-errors.ts";
import { type LambdaOperations, ofFunction } from "./lambda-operation.ts";

/** *Documented*: an account's concurrency where nobody has asked for more. */
export const accountConcurrency = 1_000;
/** *Documented*: what reservations have to leave to functions without one. */
const leastUnreserved = 100;

const path = "/2017-10-31/functions/{FunctionName}/concurrency";

/** How many events of a function run at a time. *Our choice*: 0 refuses calls, as in Lambda; above it they wait for each other. */
export function concurrencyOperations(context: LambdaContext): LambdaOperations {
  return {
    PutFunctionConcurrency: ofFunction("PutFunctionConcurrency", {
      http: { method: "PUT", path },
      async perform({ members, place }) {
        const most = accountConcurrency - leastUnreserved;
        const wanted = numberOf(members, "ReservedConcurrentExecutions", {
          usual: -1,
          least: 0,
          most: Number.MAX_SAFE_INTEGER,
        });
        if (wanted < 0) {
          throw lambdaErrors.constraint("reservedConcurrentExecutions", "null", "not be null");
        }
        if (wanted > most) {
          throw lambdaErrors.invalid(
            `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${leastUnreserved}].`,
          );
        }
        await context.update(place, (before) => ({ ...before, reservedConcurrency: wanted }));
        return { ReservedConcurrentExecutions: wanted };
      },
    }),

    GetFunctionConcurrency: ofFunction("GetFunctionConcurrency", {
      http: { method: "GET", path: "/2019-09-30/functions/{FunctionName}/concurrency" },
      async perform({ place }) {
        const { reservedConcurrency } = await context.function(place);
        return { ReservedConcurrentExecutions: reservedConcurrency };
      },
    }),

    DeleteFunctionConcurrency: ofFunction("DeleteFunctionConcurrency", {
      http: { method: "DELETE", path, status: 204 },
      async perform({ place }) {
        await context.update(place, (before) => {
          const { reservedConcurrency: _, ...others } = before;
          return others;
        });
        return undefined;
      },
    }),
  };
}

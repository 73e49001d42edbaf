import { maxUnzippedBytes } from "../../integrations/functions/archive/read-zip.ts";
import { accountConcurrency } from "./concurrency-operations.ts";
import type { LambdaContext } from "./lambda-context.ts";
import type { LambdaOperations } from "./lambda-operation.ts";

/** *Documented* quotas of an account. */
const totalCodeSize = 80_530_636_800;
const codeSizeZipped = 52_428_800;

export function accountOperations(context: LambdaContext): LambdaOperations {
  return {
    GetAccountSettings: {
      http: { method: "GET", path: "/2016-08-19/account-settings" },
      prepare: (_, { caller }) => ({
        access: [{ action: "lambda:GetAccountSettings", resource: "*" }],
        async perform() {
          let count = 0;
          let size = 0;
          let reserved = 0;
          for await (const { value } of context.functions.all(`${caller.region}/`)) {
            count++;
            size += value.latest.codeSize;
            reserved += value.reservedConcurrency ?? 0;
          }
          return {
            members: {
              AccountLimit: {
                TotalCodeSize: totalCodeSize,
                CodeSizeUnzipped: maxUnzippedBytes,
                CodeSizeZipped: codeSizeZipped,
                ConcurrentExecutions: accountConcurrency,
                UnreservedConcurrentExecutions: Math.max(0, accountConcurrency - reserved),
              },
              AccountUsage: { TotalCodeSize: size, FunctionCount: count },
            },
          };
        },
      }),
    },
  };
}

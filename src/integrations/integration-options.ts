import type { Authorizer } from "../ports/authorizer.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import type { StepFunctionsPort } from "../ports/step-functions.ts";
import type { SdkClients } from "./aws/sdk-clients.ts";
import type { FunctionConfiguration } from "./functions/function-source.ts";
import type { FunctionLogSink } from "./functions/invocation.ts";

/** What the integrations need from outside. */
export interface IntegrationOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly stepFunctions: StepFunctionsPort;
  /** That of local functions; tasks call in the Region of their execution. */
  readonly region: string;
  readonly accountId: string;
  /** Says what tasks may call; absent: everything. */
  readonly authorizer?: Authorizer;
  /** Instead of the clients that the AWS SDK has and is configured for. */
  readonly clients?: SdkClients;
  /** The folder of the local functions, a folder for each. */
  readonly functionsFolder?: string;
  readonly functions?: { readonly [name: string]: FunctionConfiguration };
  /** What paths in `functions` are relative to; the working directory if absent. */
  readonly configurationFolder?: string;
  /** Receives what functions print, beside what is kept. */
  readonly logs?: FunctionLogSink;
  /** A file that what functions print is appended to. */
  readonly logFile?: string;
}

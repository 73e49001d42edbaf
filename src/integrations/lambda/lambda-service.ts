import {
  createDeployedFunctions,
  type DeployedFunction,
  type DeployedFunctions,
} from "../functions/deployed/deployed-functions.ts";
import { type FunctionReference, parseFunctionReference } from "./function-name.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { AssumedRoles } from "../aws/assumed-roles.ts";
import type { FunctionLogReader } from "../../ports/function-logs.ts";
import { createFunctionLogs } from "../functions/function-logs.ts";
import type { FunctionLogSink } from "../functions/invocation.ts";
import { createLocalFunctions } from "../functions/local-functions.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { LambdaAnswer, LambdaCall } from "./lambda-call.ts";
import { createLambdaEndpoint } from "./lambda-endpoint.ts";
import { invokeLocally } from "./local-lambda.ts";
import { functionNotFound, throttled } from "./local-refusal.ts";

/** Lambda as the tasks see it: functions that run here first, then the endpoint of the AWS SDK's configuration. */
export interface LambdaService {
  invoke(call: LambdaCall): Promise<LambdaAnswer>;
  /** Calls a function that runs here; `undefined`: there is none of this name. */
  invokeHere(reference: FunctionReference, call: LambdaCall): Promise<LambdaAnswer | undefined>;
  /** Those that were deployed; absent: none can be. */
  readonly deployed: DeployedFunctions | undefined;
  /** What a local function printed last. */
  log(functionName: string): string;
  /** The same by the attempt that called it. */
  readonly logs: FunctionLogReader;
  /** Takes note of what something prints that is run as functions are. */
  readonly printed: FunctionLogSink;
  close(): void;
}

export function createLambdaService(
  options: IntegrationOptions,
  roles?: AssumedRoles,
): LambdaService {
  const logs = createFunctionLogs({
    now: () => options.clock.now(),
    logger: options.logger,
    redactor: options.redactor,
    ...(options.functionLogFile === undefined ? {} : { file: options.functionLogFile }),
    seal: options.logSeal,
    ...(options.functionLogs === undefined ? {} : { sink: options.functionLogs }),
  });
  const functions = createLocalFunctions({
    configurationFolder: options.configurationFolder ?? process.cwd(),
    region: options.region,
    printed: logs.append,
    ...(options.functionsFolder === undefined ? {} : { functionsFolder: options.functionsFolder }),
    ...(options.functions === undefined ? {} : { functions: options.functions }),
  });
  const deployed =
    options.deployedFunctions &&
    createDeployedFunctions({
      ...options.deployedFunctions,
      clock: options.clock,
      logger: options.logger,
      clientsFolder: options.clientsFolder,
      printed: logs.append,
    });
  const endpoint = createLambdaEndpoint({ ...options, roles });

  /** What is configured comes before what was deployed: who runs the server has the last word. The folder comes after both. */
  function invokeHere(
    reference: FunctionReference,
    call: LambdaCall,
  ): Promise<LambdaAnswer | undefined> {
    const { name } = reference;
    if (deployed === undefined || functions.isConfigured(name)) return inFolder(reference, call);
    const qualified = withQualifier(reference, call.qualifier);
    const found = deployed.find(qualified);
    return found instanceof Promise
      ? found.then((one) => invokeDeployed(one, qualified, call))
      : invokeDeployed(found, qualified, call);
  }

  async function inFolder(
    reference: FunctionReference,
    call: LambdaCall,
  ): Promise<LambdaAnswer | undefined> {
    const local = functions.find(reference.name);
    return local && invokeLocally(local, reference, call, options);
  }

  async function invokeDeployed(
    found: DeployedFunction | undefined,
    reference: FunctionReference,
    call: LambdaCall,
  ): Promise<LambdaAnswer | undefined> {
    switch (found?.type) {
      case undefined:
        return inFolder(reference, call);
      case "callable": {
        const { version } = found;
        return invokeLocally(found.function, reference, call, options, version);
      }
      case "no such qualifier":
        return functionNotFound(reference.arn, options.ids.uuid());
      case "throttled":
        return throttled(options.ids.uuid());
    }
  }

  return {
    invokeHere,
    deployed,
    async invoke(call) {
      const reference = parseFunctionReference(call.functionName, call.scope);
      const here = reference && (await invokeHere(reference, call));
      if (here !== undefined) return here;
      // The short form is ours; an endpoint knows the ARN.
      const isShort = /^lambda:/i.test(call.functionName);
      const known =
        isShort && reference !== undefined ? { ...call, functionName: reference.arn } : call;
      const answer = await endpoint.invoke(known);
      return answer.type === "nowhere" ? notFound(call, answer.because) : answer;
    },
    log: (functionName) => logs.read(functionName),
    printed: logs.append,
    logs: {
      get keptSince() {
        return logs.invocations.keptSince;
      },
      printedLast: (name) => logs.read(name),
      printedBy: (caller, after) => logs.invocations.read(caller, after),
      placeOf(functionName, executionArn) {
        const reference = parseFunctionReference(functionName, scopeOfArn(executionArn));
        if (reference === undefined) return { name: functionName, place: "elsewhere" };
        const { name } = reference;
        const isHere = deployed?.isKnown(reference) === true || functions.find(name) !== undefined;
        if (!isHere) return { name, place: "elsewhere" };
        return { name, place: functions.isElsewhere(name) ? "url" : "local" };
      },
    },
    close() {
      functions.close();
      deployed?.close();
      endpoint.close();
      void logs.close();
    },
  };

  /** *Observed* error; what to do about it goes to the log, so that the cause stays AWS's. */
  function notFound(call: LambdaCall, because: string): LambdaAnswer {
    const reference = parseFunctionReference(call.functionName, call.scope);
    const name = reference?.name ?? call.functionName;
    const folder = options.functionsFolder;
    options.logger.warn(
      `There is no local function '${name}'` +
        (folder === undefined
          ? ", because no functions folder is configured. Name one with --functions, "
          : ` in ${folder}. Add ${folder}/${name}/index.mjs with an exported handler(event, context), or handler.py, or an executable named run, `) +
        `or configure it in stepwell.config under functions. It was not looked for in AWS either: ${because}.`,
    );
    const { partition, region, accountId } = call.scope;
    const arn = reference?.arn ?? `arn:${partition}:lambda:${region}:${accountId}:function:${name}`;
    const qualified =
      reference?.qualifier === undefined ? `${arn}:${call.qualifier ?? "$LATEST"}` : arn;
    return functionNotFound(qualified, options.ids.uuid());
  }
}

/** A qualifier may be beside the name or in it. */
function withQualifier(reference: FunctionReference, given: string | undefined): FunctionReference {
  if (given === undefined || reference.qualifier !== undefined) return reference;
  return { ...reference, qualifier: given, arn: `${reference.arn}:${given}` };
}

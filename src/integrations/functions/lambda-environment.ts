/** What a function's process finds in its environment: the engine's variables, Lambda's, and those configured for it. */
export interface FunctionSettings {
  readonly functionName: string;
  readonly region: string;
  readonly folder: string;
  readonly handler: string;
  readonly executionEnvironment: string;
  readonly environment: { readonly [name: string]: string };
}

/** Documented: Lambda's default memory size. Nothing enforces it here. */
const memorySizeMb = "128";

export function lambdaEnvironment(settings: FunctionSettings): NodeJS.ProcessEnv {
  return {
    ...process.env,
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_EXECUTION_ENV: settings.executionEnvironment,
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: memorySizeMb,
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "stepwell/[$LATEST]",
    LAMBDA_TASK_ROOT: settings.folder,
    _HANDLER: settings.handler,
    ...settings.environment,
  };
}

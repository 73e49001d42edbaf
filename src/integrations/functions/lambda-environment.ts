/** What a function's process finds in its environment: the engine's variables, Lambda's, and those configured for it. */
export interface FunctionSettings {
  readonly functionName: string;
  readonly region: string;
  readonly folder: string;
  readonly handler: string;
  readonly executionEnvironment: string;
  readonly environment: { readonly [name: string]: string };
  /** What it has of the engine's own environment. */
  readonly inherited: NodeJS.ProcessEnv;
  /** Absent: `$LATEST`. */
  readonly version?: string;
  readonly memorySizeMb?: number;
}

/** Documented: Lambda's default memory size. Nothing enforces it here. */
const usualMemorySizeMb = 128;

export function lambdaEnvironment(settings: FunctionSettings): NodeJS.ProcessEnv {
  const { version = "$LATEST", memorySizeMb = usualMemorySizeMb } = settings;
  return {
    ...settings.inherited,
    AWS_REGION: settings.region,
    AWS_DEFAULT_REGION: settings.region,
    AWS_EXECUTION_ENV: settings.executionEnvironment,
    AWS_LAMBDA_FUNCTION_NAME: settings.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: version,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memorySizeMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${settings.functionName}`,
    AWS_LAMBDA_LOG_STREAM_NAME: `stepwell/[${version}]`,
    LAMBDA_TASK_ROOT: settings.folder,
    _HANDLER: settings.handler,
    ...settings.environment,
  };
}

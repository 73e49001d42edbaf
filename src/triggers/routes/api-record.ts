/** An HTTP API as it is kept: one document with all that it has. Members are those of API Gateway's HTTP APIs. */
export interface ApiRecord {
  readonly apiId: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly disableExecuteApiEndpoint?: boolean;
  readonly corsConfiguration?: CorsRecord;
  readonly tags: { readonly [key: string]: string };
  readonly createdAt: number;
  /** By their ids. */
  readonly routes: { readonly [routeId: string]: RouteRecord };
  readonly integrations: { readonly [integrationId: string]: IntegrationRecord };
  /** By their ids; absent: there are none. */
  readonly authorizers?: { readonly [authorizerId: string]: HttpAuthorizerRecord };
  /** By their names; `$default` is served without its name. */
  readonly stages: { readonly [name: string]: StageRecord };
  /** By their ids; absent: there are none. All stages serve what the API has: a deployment is only remembered. */
  readonly deployments?: { readonly [deploymentId: string]: HttpDeploymentRecord };
}

export interface HttpDeploymentRecord {
  readonly description?: string;
  readonly createdAt: number;
}

export interface CorsRecord {
  readonly allowOrigins?: readonly string[];
  readonly allowMethods?: readonly string[];
  readonly allowHeaders?: readonly string[];
  readonly exposeHeaders?: readonly string[];
  readonly allowCredentials?: boolean;
  readonly maxAge?: number;
}

export interface RouteRecord {
  /** `POST /orders/{id}`, `ANY /{rest+}`, `$default`. */
  readonly routeKey: string;
  /** The id of its integration; absent: it has none yet. */
  readonly integrationId?: string;
  readonly operationName?: string;
  /** Who may ask; absent: everybody. */
  readonly authorizationType?: RouteAuthorization;
  readonly authorizerId?: string;
  readonly authorizationScopes?: readonly string[];
  /** Whether a key has to come with a request. Of configured APIs alone: HTTP APIs of API Gateway know no keys. */
  readonly apiKeyRequired?: boolean;
}

export const routeAuthorizations = ["NONE", "AWS_IAM", "JWT", "CUSTOM"] as const;

export type RouteAuthorization = (typeof routeAuthorizations)[number];

export interface HttpAuthorizerRecord {
  readonly name: string;
  readonly authorizerType: "JWT" | "REQUEST";
  /** `$request.header.Authorization`. */
  readonly identitySource: readonly string[];
  readonly jwtConfiguration?: { readonly issuer?: string; readonly audience?: readonly string[] };
  readonly authorizerUri?: string;
  readonly authorizerCredentialsArn?: string;
  readonly authorizerPayloadFormatVersion?: string;
  /** Whether the function answers `{ isAuthorized, context }` instead of a policy. */
  readonly enableSimpleResponses?: boolean;
  readonly authorizerResultTtlInSeconds?: number;
}

export const firstClassSubtypes = [
  "StepFunctions-StartExecution",
  "StepFunctions-StartSyncExecution",
  "StepFunctions-StopExecution",
] as const;

export type FirstClassSubtype = (typeof firstClassSubtypes)[number];

/** What a route calls. */
export type IntegrationRecord = FirstClassIntegration | FunctionIntegration | UrlIntegration;

/** A function, which is told the request and says the answer. */
export interface FunctionIntegration {
  readonly type: "function";
  readonly functionArn: string;
  readonly payloadFormatVersion: "1.0" | "2.0";
  readonly credentialsArn?: string;
  readonly description?: string;
  readonly timeoutInMillis?: number;
}

/** A URL, which is asked in the client's place. */
export interface UrlIntegration {
  readonly type: "url";
  readonly url: string;
  /** `ANY` is the client's. */
  readonly method: string;
  readonly description?: string;
  readonly requestParameters?: { readonly [change: string]: string };
  readonly responseParameters?: {
    readonly [status: string]: { readonly [key: string]: string };
  };
  readonly timeoutInMillis?: number;
}

/** A first-class integration: an operation of Step Functions and what it is called with. */
export interface FirstClassIntegration {
  readonly type?: undefined;
  readonly subtype: FirstClassSubtype;
  /** Absent for configured routes without a role, which act for the server's owner. */
  readonly credentialsArn?: string;
  readonly description?: string;
  readonly requestParameters: { readonly [parameter: string]: string };
  readonly responseParameters?: {
    readonly [status: string]: { readonly [key: string]: string };
  };
  readonly timeoutInMillis?: number;
  /** Of configured routes: what is answered instead, by what came of the call. */
  readonly answers?: { readonly [outcome in CallOutcome]?: CustomAnswer };
  readonly maxBodyBytes?: number;
}

/** What can come of a call, as custom answers tell it apart. */
export const callOutcomes = [
  "started",
  "succeeded",
  "failed",
  "timedOut",
  "stopped",
  "refused",
] as const;

export type CallOutcome = (typeof callOutcomes)[number];

/** Texts are mappings of the answer: `$response.body.output`. */
export interface CustomAnswer {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  /** Absent: the answer of Step Functions. */
  readonly body?: string;
}

export interface StageRecord {
  readonly description?: string;
  readonly autoDeploy?: boolean;
  readonly stageVariables?: { readonly [name: string]: string };
  readonly deploymentId?: string;
  /** Of each route that has no settings of its own. */
  readonly defaultRouteSettings?: RouteSettings;
  /** By their keys. */
  readonly routeSettings?: { readonly [routeKey: string]: RouteSettings };
  readonly accessLogSettings?: { readonly format?: string; readonly destinationArn?: string };
  readonly tags?: { readonly [key: string]: string };
  readonly createdAt: number;
}

/** What of them is not about throttling says nothing here. */
export interface RouteSettings {
  readonly throttlingBurstLimit?: number;
  readonly throttlingRateLimit?: number;
  readonly detailedMetricsEnabled?: boolean;
  readonly dataTraceEnabled?: boolean;
  readonly loggingLevel?: string;
}

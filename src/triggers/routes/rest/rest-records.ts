import type { RestDefinition } from "../../../eventing/rest-api/rest-definition.ts";

/** A REST API as it is kept: one document with what it will be when it is deployed next, and its stages. */
export interface RestApiRecord {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly version?: string;
  readonly createdAt: number;
  readonly rootResourceId: string;
  readonly disableExecuteApiEndpoint?: boolean;
  readonly minimumCompressionSize?: number;
  readonly endpointConfiguration?: EndpointConfiguration;
  readonly tags: { readonly [key: string]: string };
  readonly definition: RestDefinition;
  /** By their ids; what each of them serves is a document of its own. */
  readonly deployments: { readonly [deploymentId: string]: DeploymentRecord };
  /** By their names. */
  readonly stages: { readonly [name: string]: RestStageRecord };
}

export interface EndpointConfiguration {
  readonly types?: readonly string[];
  readonly vpcEndpointIds?: readonly string[];
  readonly ipAddressType?: string;
}

export interface DeploymentRecord {
  readonly description?: string;
  readonly createdAt: number;
}

export interface RestStageRecord {
  readonly deploymentId: string;
  readonly description?: string;
  readonly variables?: { readonly [name: string]: string };
  /** By `path/METHOD`, with `~1` for each slash of the path, or by `*` for all of them: what of them is not about throttling says nothing here. */
  readonly methodSettings?: { readonly [key: string]: MethodSetting };
  readonly accessLogSettings?: { readonly format?: string; readonly destinationArn?: string };
  readonly tracingEnabled?: boolean;
  readonly cacheClusterEnabled?: boolean;
  readonly cacheClusterSize?: string;
  readonly documentationVersion?: string;
  readonly canarySettings?: CanarySettings;
  readonly tags?: { readonly [key: string]: string };
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A deployment that a part of a stage's requests is answered by. */
export interface CanarySettings {
  readonly deploymentId?: string;
  /** From 0 to 100. */
  readonly percentTraffic?: number;
  readonly stageVariableOverrides?: { readonly [name: string]: string };
  readonly useStageCache?: boolean;
}

export interface MethodSetting {
  readonly throttlingBurstLimit?: number;
  readonly throttlingRateLimit?: number;
  readonly loggingLevel?: string;
  readonly metricsEnabled?: boolean;
  readonly dataTraceEnabled?: boolean;
  readonly cachingEnabled?: boolean;
  readonly cacheTtlInSeconds?: number;
  readonly cacheDataEncrypted?: boolean;
  readonly requireAuthorizationForCacheControl?: boolean;
}

/** A key that clients show as `x-api-key`. API Gateway tells its value to whoever may read it, so it is kept. */
export interface ApiKeyDocument {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly description?: string;
  readonly enabled: boolean;
  readonly customerId?: string;
  readonly stageKeys?: readonly string[];
  readonly tags?: { readonly [key: string]: string };
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface Throttle {
  /** How many may come at once. */
  readonly burstLimit?: number;
  /** How many may come in a second. */
  readonly rateLimit?: number;
}

export const quotaPeriods = ["DAY", "WEEK", "MONTH"] as const;

export interface Quota {
  readonly limit: number;
  /** How many of the first period do not count as allowed. */
  readonly offset?: number;
  readonly period: (typeof quotaPeriods)[number];
}

/** Who may call which stages, and how often. */
export interface UsagePlanDocument {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly apiStages: readonly PlannedStage[];
  readonly throttle?: Throttle;
  readonly quota?: Quota;
  readonly productCode?: string;
  readonly tags?: { readonly [key: string]: string };
  /** The ids of its keys. */
  readonly keys: readonly string[];
}

export interface PlannedStage {
  readonly apiId: string;
  readonly stage: string;
  /** By `/path/METHOD`. */
  readonly throttle?: { readonly [method: string]: Throttle };
}

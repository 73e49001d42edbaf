/**
 * What a REST API is: its resources with their methods, and what these refer to. Members are those of API Gateway's own API, so that a
 * record is shown as it is kept.
 */
export interface RestDefinition {
  /** By their ids; one of them, without a parent, is the root. */
  readonly resources: { readonly [resourceId: string]: RestResource };
  /** By their names. */
  readonly models: { readonly [name: string]: RestModel };
  /** By their ids. */
  readonly requestValidators: { readonly [id: string]: RequestValidator };
  /** By their types. */
  readonly gatewayResponses: { readonly [responseType: string]: GatewayResponse };
  /** By their ids. */
  readonly authorizers: { readonly [id: string]: RestAuthorizer };
  /** Where a key is looked for; absent: in the header `x-api-key`. */
  readonly apiKeySource?: string;
  /** Bodies of these types go to functions in base64. */
  readonly binaryMediaTypes?: readonly string[];
  /** The resource policy, a JSON text. */
  readonly policy?: string;
}

export interface RestResource {
  /** Absent: it is the root. */
  readonly parentId?: string;
  readonly pathPart?: string;
  /** From the root: `/orders/{id}`. */
  readonly path: string;
  /** By their HTTP methods, or `ANY`. */
  readonly resourceMethods: { readonly [httpMethod: string]: RestMethod };
}

export interface RestMethod {
  /** `NONE`, `AWS_IAM`, `CUSTOM` or `COGNITO_USER_POOLS`. */
  readonly authorizationType: string;
  readonly authorizerId?: string;
  readonly authorizationScopes?: readonly string[];
  readonly apiKeyRequired: boolean;
  readonly operationName?: string;
  readonly requestValidatorId?: string;
  /** `method.request.querystring.page`, and whether it has to be there. */
  readonly requestParameters?: { readonly [parameter: string]: boolean };
  /** Names of models, by the types of bodies. */
  readonly requestModels?: { readonly [contentType: string]: string };
  readonly methodResponses?: { readonly [statusCode: string]: MethodResponse };
  readonly methodIntegration?: RestIntegration;
}

export interface MethodResponse {
  readonly responseParameters?: { readonly [parameter: string]: boolean };
  readonly responseModels?: { readonly [contentType: string]: string };
}

export const integrationTypes = ["AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"] as const;

export type IntegrationType = (typeof integrationTypes)[number];

export const passthroughBehaviors = ["WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"] as const;

export type PassthroughBehavior = (typeof passthroughBehaviors)[number];

export interface RestIntegration {
  readonly type: IntegrationType;
  /** The method that the back end is asked with. */
  readonly httpMethod?: string;
  readonly uri?: string;
  readonly credentials?: string;
  readonly requestParameters?: { readonly [parameter: string]: string };
  /** VTL, by the types of bodies. */
  readonly requestTemplates?: { readonly [contentType: string]: string };
  readonly passthroughBehavior?: PassthroughBehavior;
  readonly contentHandling?: string;
  readonly timeoutInMillis?: number;
  readonly cacheNamespace?: string;
  readonly cacheKeyParameters?: readonly string[];
  readonly connectionType?: string;
  readonly integrationResponses?: { readonly [statusCode: string]: IntegrationResponse };
}

export interface IntegrationResponse {
  /** A regular expression of the whole status, or of a function's error; absent: it is the default. */
  readonly selectionPattern?: string;
  readonly responseParameters?: { readonly [parameter: string]: string };
  readonly responseTemplates?: { readonly [contentType: string]: string };
  readonly contentHandling?: string;
}

export interface RestModel {
  readonly id: string;
  readonly contentType: string;
  /** A JSON schema as a text. */
  readonly schema?: string;
  readonly description?: string;
}

export interface RequestValidator {
  readonly name?: string;
  readonly validateRequestBody: boolean;
  readonly validateRequestParameters: boolean;
}

export interface GatewayResponse {
  readonly statusCode?: string;
  readonly responseParameters?: { readonly [parameter: string]: string };
  readonly responseTemplates?: { readonly [contentType: string]: string };
}

export interface RestAuthorizer {
  readonly name: string;
  /** `TOKEN`, `REQUEST` or `COGNITO_USER_POOLS`. */
  readonly type: string;
  readonly authType?: string;
  readonly authorizerUri?: string;
  readonly authorizerCredentials?: string;
  /** `method.request.header.Authorization`; several are separated by commas. */
  readonly identitySource?: string;
  readonly identityValidationExpression?: string;
  readonly authorizerResultTtlInSeconds?: number;
  readonly providerARNs?: readonly string[];
}

/** The parameters in the parts of a path: `/orders/{id}/{rest+}` has `id` and `rest`. */
export function pathParameterNames(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(([, name]) => name as string);
}

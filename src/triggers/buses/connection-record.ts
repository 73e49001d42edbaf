import type { ConnectionConfiguration } from "../../integrations/http/connections/connection-configuration.ts";
import type { EpochMs } from "../../machine/ids.ts";
import { type Shape, type ValueOf } from "../../service/model/member.ts";
import { ServiceError } from "../../ports/service-api.ts";

/** A connection that was made here. Its secrets are in it: documents are sealed where the store is. */
export interface ConnectionRecord {
  readonly name: string;
  readonly id: string;
  readonly description?: string | undefined;
  readonly authorizationType: "BASIC" | "OAUTH_CLIENT_CREDENTIALS" | "API_KEY";
  readonly parameters: AuthParameters;
  readonly createdAt: EpochMs;
  readonly modifiedAt: EpochMs;
}

export interface DestinationRecord {
  readonly name: string;
  readonly id: string;
  readonly description?: string | undefined;
  readonly connectionArn: string;
  readonly endpoint: string;
  readonly method: string;
  readonly perSecond?: number | undefined;
  readonly createdAt: EpochMs;
  readonly modifiedAt: EpochMs;
}

const text = { type: "string", max: 512 } as const;
const secret = { ...text, sensitive: true } as const;

const parameter = {
  type: "structure",
  shape: "ConnectionParameter",
  members: { Key: text, Value: secret, IsValueSecret: { type: "boolean" } },
} as const;
const parameters = { type: "list", of: parameter, max: 100 } as const;

/** *Documented*: ConnectionHttpParameters. */
export const httpParameters = {
  type: "structure",
  shape: "ConnectionHttpParameters",
  members: {
    HeaderParameters: parameters,
    QueryStringParameters: parameters,
    BodyParameters: parameters,
  },
} as const;

/** *Documented*: CreateConnectionAuthRequestParameters. */
export const authParameters = {
  type: "structure",
  shape: "CreateConnectionAuthRequestParameters",
  members: {
    BasicAuthParameters: {
      type: "structure",
      shape: "CreateConnectionBasicAuthRequestParameters",
      members: { Username: { ...text, required: true }, Password: { ...secret, required: true } },
    },
    ApiKeyAuthParameters: {
      type: "structure",
      shape: "CreateConnectionApiKeyAuthRequestParameters",
      members: {
        ApiKeyName: { ...text, required: true },
        ApiKeyValue: { ...secret, required: true },
      },
    },
    OAuthParameters: {
      type: "structure",
      shape: "CreateConnectionOAuthRequestParameters",
      members: {
        ClientParameters: {
          type: "structure",
          shape: "CreateConnectionOAuthClientRequestParameters",
          members: {
            ClientID: { ...text, required: true },
            ClientSecret: { ...secret, required: true },
          },
          required: true,
        },
        AuthorizationEndpoint: { type: "string", min: 1, max: 2048, required: true },
        HttpMethod: { type: "string", enum: ["GET", "POST", "PUT"], required: true },
        OAuthHttpParameters: httpParameters,
      },
    },
    InvocationHttpParameters: httpParameters,
  },
} as const;

export type AuthParameters = ValueOf<typeof authParameters>;
type HttpParameters = Shape<(typeof httpParameters)["members"]>;

/** The connection as HTTP tasks use those of the configuration. Throws a ServiceError where parameters are lacking. */
export function configurationOf({
  authorizationType,
  parameters: given,
}: Pick<ConnectionRecord, "authorizationType" | "parameters">): ConnectionConfiguration {
  const { headers, query, body } = textsOf(given.InvocationHttpParameters);
  const additions = { headers, query, body };
  switch (authorizationType) {
    case "BASIC": {
      const { Username, Password } = required(given.BasicAuthParameters, "BasicAuthParameters");
      return { ...additions, authorization: "basic", username: Username, password: Password };
    }
    case "API_KEY": {
      const { ApiKeyName, ApiKeyValue } = required(
        given.ApiKeyAuthParameters,
        "ApiKeyAuthParameters",
      );
      return { ...additions, authorization: "apiKey", name: ApiKeyName, value: ApiKeyValue };
    }
    case "OAUTH_CLIENT_CREDENTIALS": {
      const oauth = required(given.OAuthParameters, "OAuthParameters");
      const token = textsOf(oauth.OAuthHttpParameters);
      return {
        ...additions,
        authorization: "oauthClientCredentials",
        tokenUrl: oauth.AuthorizationEndpoint,
        method: oauth.HttpMethod,
        clientId: oauth.ClientParameters.ClientID,
        clientSecret: oauth.ClientParameters.ClientSecret,
        tokenHeaders: token.headers,
        tokenQuery: token.query,
        tokenBody: token.body,
      };
    }
  }
}

function textsOf(given: HttpParameters | undefined) {
  const texts = (list: HttpParameters["BodyParameters"] = []) =>
    Object.fromEntries(list.map(({ Key = "", Value = "" }) => [Key, Value]));
  return {
    headers: texts(given?.HeaderParameters),
    query: texts(given?.QueryStringParameters),
    body: texts(given?.BodyParameters),
  };
}

function required<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  throw new ServiceError(
    "ValidationException",
    `Parameter AuthParameters is not valid. Reason: ${name} is required.`,
  );
}

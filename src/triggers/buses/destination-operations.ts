import type { ArnScope } from "../../machine/arns.ts";
import { ServiceError, type ServiceMembers, type ServiceOperation } from "../../ports/service-api.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import {
  authParameters,
  type AuthParameters,
  configurationOf,
  type ConnectionRecord,
  type DestinationRecord,
} from "./connection-record.ts";
import type { Destinations } from "./destinations.ts";
import { documentId } from "./event-arns.ts";
import { alreadyExists, type EventsContext, limitExceeded, notFound } from "./events-context.ts";
import * as m from "./members.ts";

/** *Documented*: connections and API destinations of a Region. */
const most = 3_000;

const authorizationTypes = ["BASIC", "OAUTH_CLIENT_CREDENTIALS", "API_KEY"] as const;
const methods = ["POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"] as const;
const listing = { NamePrefix: m.ruleName, NextToken: m.nextToken, Limit: m.limit } as const;

const connection = {
  Name: m.requiredRuleName,
  Description: m.description,
  AuthorizationType: { type: "string", enum: authorizationTypes },
  AuthParameters: authParameters,
} as const;
const destination = {
  Name: m.requiredRuleName,
  Description: m.description,
  ConnectionArn: m.arn,
  InvocationEndpoint: {
    type: "string",
    min: 1,
    max: 2048,
    pattern: /^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@&=+$,A-Za-z0-9])+)([).!';/?:,])?$/,
  },
  HttpMethod: { type: "string", enum: methods },
  InvocationRateLimitPerSecond: { type: "integer", min: 1 },
} as const;

/** What EventBridge does with connections and API destinations. What a connection has of secrets is never shown. */
export function destinationOperations(
  { clock, ids }: Pick<EventsContext, "clock" | "ids">,
  { connections, destinations }: Destinations,
): { readonly [name: string]: ServiceOperation } {
  type Kind = "connection" | "api-destination";
  const access = (action: string, kind: Kind, name: string, scope: ArnScope) => [
    { action: `events:${action}`, resource: arnOf(scope, kind, { name, id: "*" }) },
  ];

  return {
    CreateConnection: awsOperation({
      input: connection,
      access: ({ Name }, { caller }) => access("CreateConnection", "connection", Name, caller),
      async perform({ Name: name, AuthorizationType, AuthParameters, Description }, { caller }) {
        const now = clock.now();
        const record = checked({
          name,
          id: ids.uuid(),
          description: Description,
          authorizationType: given(AuthorizationType, "AuthorizationType"),
          parameters: given(AuthParameters, "AuthParameters"),
          createdAt: now,
          modifiedAt: now,
        });
        if ((await listed(connections.all(`${caller.region}|`))).length >= most) throw limitExceeded();
        await connections.update(documentId(caller.region, name), (before) => {
          if (before !== undefined) throw alreadyExists(`Connection ${name}`);
          return record;
        });
        return madeConnection(record, caller);
      },
    }),

    UpdateConnection: awsOperation({
      input: connection,
      access: ({ Name }, { caller }) => access("UpdateConnection", "connection", Name, caller),
      async perform({ Name: name, AuthorizationType, AuthParameters, Description }, { caller }) {
        const after = await connections.update(documentId(caller.region, name), (before) => {
          if (before === undefined) throw notFound(`Connection '${name}'`);
          return checked({
            ...before,
            description: Description ?? before.description,
            authorizationType: AuthorizationType ?? before.authorizationType,
            parameters: { ...before.parameters, ...AuthParameters },
            modifiedAt: clock.now(),
          });
        });
        return madeConnection(after as ConnectionRecord, caller);
      },
    }),

    DescribeConnection: awsOperation({
      input: { Name: m.requiredRuleName },
      access: ({ Name }, { caller }) => access("DescribeConnection", "connection", Name, caller),
      async perform({ Name: name }, { caller }) {
        const found = await connections.get(documentId(caller.region, name));
        if (found === undefined) throw notFound(`Connection '${name}'`);
        return {
          ...madeConnection(found, caller),
          Name: found.name,
          Description: found.description,
          AuthorizationType: found.authorizationType,
          AuthParameters: withoutSecrets(found.parameters),
        };
      },
    }),

    DeleteConnection: awsOperation({
      input: { Name: m.requiredRuleName },
      access: ({ Name }, { caller }) => access("DeleteConnection", "connection", Name, caller),
      async perform({ Name: name }, { caller }) {
        let found: ConnectionRecord | undefined;
        await connections.update(documentId(caller.region, name), (before) => {
          found = before;
          return undefined;
        });
        if (found === undefined) throw notFound(`Connection '${name}'`);
        return { ...madeConnection(found, caller), ConnectionState: "DELETING" };
      },
    }),

    ListConnections: awsOperation({
      input: { ...listing, ConnectionState: m.text },
      access: () => [{ action: "events:ListConnections", resource: "*" }],
      async perform({ NamePrefix: prefix = "", NextToken: token, Limit }, { caller }) {
        const all = await listed(connections.all(`${caller.region}|`));
        const page = pageOf(
          all.filter(({ name }) => name.startsWith(prefix)),
          ({ name }) => name,
          { limit: Limit ?? usualLimit, token },
        );
        const shown = page.items.map((one) => ({
          ...madeConnection(one, caller),
          Name: one.name,
          AuthorizationType: one.authorizationType,
        }));
        return { Connections: shown, NextToken: page.next };
      },
    }),

    CreateApiDestination: awsOperation({
      input: destination,
      access: ({ Name }, { caller }) =>
        access("CreateApiDestination", "api-destination", Name, caller),
      async perform(input, { caller }) {
        const { Name: name } = input;
        const now = clock.now();
        const record: DestinationRecord = {
          name,
          id: ids.uuid(),
          description: input.Description,
          connectionArn: given(input.ConnectionArn, "ConnectionArn"),
          endpoint: given(input.InvocationEndpoint, "InvocationEndpoint"),
          method: given(input.HttpMethod, "HttpMethod"),
          perSecond: input.InvocationRateLimitPerSecond,
          createdAt: now,
          modifiedAt: now,
        };
        if ((await listed(destinations.all(`${caller.region}|`))).length >= most) throw limitExceeded();
        await destinations.update(documentId(caller.region, name), (before) => {
          if (before !== undefined) throw alreadyExists(`ApiDestination ${name}`);
          return record;
        });
        return madeDestination(record, caller);
      },
    }),

    UpdateApiDestination: awsOperation({
      input: destination,
      access: ({ Name }, { caller }) =>
        access("UpdateApiDestination", "api-destination", Name, caller),
      async perform(input, { caller }) {
        const { Name: name } = input;
        const after = await destinations.update(documentId(caller.region, name), (before) => {
          if (before === undefined) throw notFound(`ApiDestination ${name}`);
          return {
            ...before,
            description: input.Description ?? before.description,
            connectionArn: input.ConnectionArn ?? before.connectionArn,
            endpoint: input.InvocationEndpoint ?? before.endpoint,
            method: input.HttpMethod ?? before.method,
            perSecond: input.InvocationRateLimitPerSecond ?? before.perSecond,
            modifiedAt: clock.now(),
          };
        });
        return madeDestination(after as DestinationRecord, caller);
      },
    }),

    DescribeApiDestination: awsOperation({
      input: { Name: m.requiredRuleName },
      access: ({ Name }, { caller }) =>
        access("DescribeApiDestination", "api-destination", Name, caller),
      async perform({ Name: name }, { caller }) {
        const found = await destinations.get(documentId(caller.region, name));
        if (found === undefined) throw notFound(`ApiDestination ${name}`);
        return { ...shownDestination(found, caller), Description: found.description };
      },
    }),

    DeleteApiDestination: awsOperation({
      input: { Name: m.requiredRuleName },
      access: ({ Name }, { caller }) =>
        access("DeleteApiDestination", "api-destination", Name, caller),
      async perform({ Name: name }, { caller }) {
        await destinations.update(documentId(caller.region, name), (before) => {
          if (before === undefined) throw notFound(`ApiDestination ${name}`);
          return undefined;
        });
        return {};
      },
    }),

    ListApiDestinations: awsOperation({
      input: { ...listing, ConnectionArn: m.arn },
      access: () => [{ action: "events:ListApiDestinations", resource: "*" }],
      async perform({ NamePrefix: prefix = "", ConnectionArn, NextToken: token, Limit }, { caller }) {
        const all = await listed(destinations.all(`${caller.region}|`));
        const page = pageOf(
          all.filter(
            ({ name, connectionArn }) =>
              name.startsWith(prefix) && (ConnectionArn ?? connectionArn) === connectionArn,
          ),
          ({ name }) => name,
          { limit: Limit ?? usualLimit, token },
        );
        return {
          ApiDestinations: page.items.map((one) => shownDestination(one, caller)),
          NextToken: page.next,
        };
      },
    }),
  };
}

function arnOf(
  { partition, region, accountId }: ArnScope,
  kind: string,
  { name, id }: Pick<DestinationRecord, "name" | "id">,
): string {
  return `arn:${partition}:events:${region}:${accountId}:${kind}/${name}/${id}`;
}

function madeConnection(record: ConnectionRecord, scope: ArnScope): ServiceMembers {
  return {
    ConnectionArn: arnOf(scope, "connection", record),
    ConnectionState: "AUTHORIZED",
    CreationTime: new Date(record.createdAt),
    LastModifiedTime: new Date(record.modifiedAt),
    LastAuthorizedTime: new Date(record.modifiedAt),
  };
}

function madeDestination(record: DestinationRecord, scope: ArnScope): ServiceMembers {
  return {
    ApiDestinationArn: arnOf(scope, "api-destination", record),
    ApiDestinationState: "ACTIVE",
    CreationTime: new Date(record.createdAt),
    LastModifiedTime: new Date(record.modifiedAt),
  };
}

function shownDestination(record: DestinationRecord, scope: ArnScope): ServiceMembers {
  return {
    ...madeDestination(record, scope),
    Name: record.name,
    ConnectionArn: record.connectionArn,
    InvocationEndpoint: record.endpoint,
    HttpMethod: record.method,
    InvocationRateLimitPerSecond: record.perSecond,
  };
}

/** *Documented*: DescribeConnection shows neither passwords nor keys, nor what is marked as secret. */
function withoutSecrets(parameters: AuthParameters): ServiceMembers {
  const { BasicAuthParameters: basic, ApiKeyAuthParameters: key, OAuthParameters: oauth } = parameters;
  return {
    BasicAuthParameters: basic && { Username: basic.Username },
    ApiKeyAuthParameters: key && { ApiKeyName: key.ApiKeyName },
    OAuthParameters: oauth && {
      ClientParameters: { ClientID: oauth.ClientParameters.ClientID },
      AuthorizationEndpoint: oauth.AuthorizationEndpoint,
      HttpMethod: oauth.HttpMethod,
      OAuthHttpParameters: shownHttp(oauth.OAuthHttpParameters),
    },
    InvocationHttpParameters: shownHttp(parameters.InvocationHttpParameters),
  };
}

function shownHttp(given: AuthParameters["InvocationHttpParameters"]): ServiceMembers | undefined {
  return (
    given &&
    Object.fromEntries(
      Object.entries(given).map(([name, list]) => [
        name,
        list?.map(({ Key, Value, IsValueSecret = false }) => ({
          Key,
          IsValueSecret,
          ...(IsValueSecret ? {} : { Value }),
        })),
      ]),
    )
  );
}

/** A record that can be used. Throws a ServiceError for one that lacks what its kind needs. */
function checked(record: ConnectionRecord): ConnectionRecord {
  configurationOf(record);
  return record;
}

function given<T>(value: T | undefined, name: string): T {
  if (value !== undefined) return value;
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  throw new ServiceError(
    "ValidationException",
    `1 validation error detected: Value null at '${member}' failed to satisfy constraint: Member must not be null`,
  );
}

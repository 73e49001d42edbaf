import type { ArnScope } from "../../machine/arns.ts";
import type { ServiceMembers, ServiceOperation } from "../../ports/service-api.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import {
  authParameters,
  type AuthParameters,
  configurationOf,
  type ConnectionRecord,
} from "./connection-record.ts";
import type { Destinations } from "./destinations.ts";
import { documentId, idArn } from "./event-arns.ts";
import {
  alreadyExists,
  type EventsContext,
  given,
  limitExceeded,
  notFound,
} from "./events-context.ts";
import * as m from "./members.ts";

/** *Documented*: connections of a Region. */
const most = 3_000;

const authorizationTypes = ["BASIC", "OAUTH_CLIENT_CREDENTIALS", "API_KEY"] as const;

const connection = {
  Name: m.requiredRuleName,
  Description: m.description,
  AuthorizationType: { type: "string", enum: authorizationTypes },
  AuthParameters: authParameters,
} as const;

/** What EventBridge does with connections. What they have of secrets is never shown. */
export function connectionOperations(
  { clock, ids }: Pick<EventsContext, "clock" | "ids">,
  { connections }: Destinations,
): { readonly [name: string]: ServiceOperation } {
  const access = (action: string, name: string, scope: ArnScope) => [
    { action: `events:${action}`, resource: idArn(scope, "connection", { name, id: "*" }) },
  ];

  return {
    CreateConnection: awsOperation({
      input: connection,
      access: ({ Name }, { caller }) => access("CreateConnection", Name, caller),
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
        if ((await listed(connections.all(`${caller.region}|`))).length >= most)
          throw limitExceeded();
        await connections.update(documentId(caller.region, name), (before) => {
          if (before !== undefined) throw alreadyExists(`Connection ${name}`);
          return record;
        });
        return madeConnection(record, caller);
      },
    }),

    UpdateConnection: awsOperation({
      input: connection,
      access: ({ Name }, { caller }) => access("UpdateConnection", Name, caller),
      async perform({ Name: name, AuthorizationType, AuthParameters, Description }, { caller }) {
        const after = await connections.updated(documentId(caller.region, name), (before) => {
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
      access: ({ Name }, { caller }) => access("DescribeConnection", Name, caller),
      async perform({ Name: name }, { caller }) {
        const found = await connections.get(documentId(caller.region, name));
        if (found === undefined) throw notFound(`Connection '${name}'`);
        return {
          ...madeConnection(found, caller),
          Name: found.name,
          Description: found.description,
          SecretArn: secretArn(found, caller),
          AuthorizationType: found.authorizationType,
          AuthParameters: withoutSecrets(found.parameters),
        };
      },
    }),

    DeleteConnection: awsOperation({
      input: { Name: m.requiredRuleName },
      access: ({ Name }, { caller }) => access("DeleteConnection", Name, caller),
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
      input: {
        NamePrefix: m.ruleName,
        NextToken: m.nextToken,
        Limit: m.limit,
        ConnectionState: m.text,
      },
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
  };
}

/** *Observed*: the shape of that which EventBridge makes. Here there is no such secret: only policies and templates name it. */
function secretArn(
  { name, id }: Pick<ConnectionRecord, "name" | "id">,
  { partition, region, accountId }: ArnScope,
): string {
  return `arn:${partition}:secretsmanager:${region}:${accountId}:secret:events!connection/${name}/${id}`;
}

function madeConnection(record: ConnectionRecord, scope: ArnScope): ServiceMembers {
  return {
    ConnectionArn: idArn(scope, "connection", record),
    ConnectionState: "AUTHORIZED",
    CreationTime: new Date(record.createdAt),
    LastModifiedTime: new Date(record.modifiedAt),
    LastAuthorizedTime: new Date(record.modifiedAt),
  };
}

/** *Documented*: DescribeConnection shows neither passwords nor keys, nor what is marked as secret. */
function withoutSecrets(parameters: AuthParameters): ServiceMembers {
  const {
    BasicAuthParameters: basic,
    ApiKeyAuthParameters: key,
    OAuthParameters: oauth,
  } = parameters;
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

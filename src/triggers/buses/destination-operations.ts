import type { ArnScope } from "../../machine/arns.ts";
import type { ServiceMembers, ServiceOperation } from "../../ports/service-api.ts";
import { awsOperation } from "../api/aws-operation.ts";
import { listed, pageOf, usualLimit } from "../api/page-of.ts";
import type { DestinationRecord } from "./connection-record.ts";
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

/** *Documented*: API destinations of a Region. */
const most = 3_000;

const methods = ["POST", "GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE"] as const;
const listing = { NamePrefix: m.ruleName, NextToken: m.nextToken, Limit: m.limit } as const;

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

/** What EventBridge does with API destinations. */
export function destinationOperations(
  { clock, ids }: Pick<EventsContext, "clock" | "ids">,
  { destinations }: Destinations,
): { readonly [name: string]: ServiceOperation } {
  const access = (action: string, name: string, scope: ArnScope) => [
    {
      action: `events:${action}`,
      resource: idArn(scope, "api-destination", { name, id: "*" }),
    },
  ];

  return {
    CreateApiDestination: awsOperation({
      input: destination,
      access: ({ Name }, { caller }) => access("CreateApiDestination", Name, caller),
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
        if ((await listed(destinations.all(`${caller.region}|`))).length >= most)
          throw limitExceeded();
        await destinations.update(documentId(caller.region, name), (before) => {
          if (before !== undefined) throw alreadyExists(`ApiDestination ${name}`);
          return record;
        });
        return madeDestination(record, caller);
      },
    }),

    UpdateApiDestination: awsOperation({
      input: destination,
      access: ({ Name }, { caller }) => access("UpdateApiDestination", Name, caller),
      async perform(input, { caller }) {
        const { Name: name } = input;
        const after = await destinations.updated(documentId(caller.region, name), (before) => {
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
      access: ({ Name }, { caller }) => access("DescribeApiDestination", Name, caller),
      async perform({ Name: name }, { caller }) {
        const found = await destinations.get(documentId(caller.region, name));
        if (found === undefined) throw notFound(`ApiDestination ${name}`);
        return { ...shownDestination(found, caller), Description: found.description };
      },
    }),

    DeleteApiDestination: awsOperation({
      input: { Name: m.requiredRuleName },
      access: ({ Name }, { caller }) => access("DeleteApiDestination", Name, caller),
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
      async perform(
        { NamePrefix: prefix = "", ConnectionArn, NextToken: token, Limit },
        { caller },
      ) {
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

function madeDestination(record: DestinationRecord, scope: ArnScope): ServiceMembers {
  return {
    ApiDestinationArn: idArn(scope, "api-destination", record),
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

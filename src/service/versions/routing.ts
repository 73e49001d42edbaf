import { qualifiedArn, splitQualifiedArn, versionNumber } from "../../machine/arns.ts";
import type { JsonValue } from "../../expression/json.ts";
import type { AliasRecord, AliasRoute } from "../../ports/store.ts";
import { parseArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { ServiceContext } from "../operation.ts";
import type { InputOf } from "../model/service-model.ts";

type RoutingConfiguration = InputOf<"CreateStateMachineAlias">["routingConfiguration"];

/** A routing configuration as the caller gave it, checked as far as it can be without looking at the versions. */
export interface Routing {
  readonly stateMachineArn: string;
  readonly routes: readonly AliasRoute[];
}

/**
 * Reads a routing configuration: versions of one state machine, whose weights add up to 100.
 *
 * Observed: the wordings for what is no version and for weights. The others are ours, after them.
 */
export function checkRouting(given: RoutingConfiguration): Routing {
  const arns = given.map(({ stateMachineVersionArn }) => stateMachineVersionArn);
  const received = `Received: [${arns.join(", ")}]`;
  const machines = new Set<string>();
  const routes = given.map(({ stateMachineVersionArn, weight }): AliasRoute => {
    parseArn(stateMachineVersionArn, "stateMachine");
    const parts = splitQualifiedArn(stateMachineVersionArn);
    const version = parts && versionNumber(parts.qualifier);
    if (parts === undefined || version === undefined) {
      throw errors.routingConfiguration(
        `Routing configuration must contain state machine version ARNs. ${received}`,
      );
    }
    machines.add(parts.stateMachineArn);
    return { version, weight };
  });
  const [stateMachineArn, another] = machines;
  if (stateMachineArn === undefined || another !== undefined) {
    throw errors.routingConfiguration(
      `Routing configuration must contain versions of one state machine. ${received}`,
    );
  }
  if (new Set(arns).size < arns.length) {
    throw errors.routingConfiguration(
      `Routing configuration must contain distinct state machine version ARNs. ${received}`,
    );
  }
  const sum = routes.reduce((total, { weight }) => total + weight, 0);
  if (sum !== 100) {
    throw errors.routingConfiguration(
      `Sum of routing configuration weights must equal 100. Received: [${routes.map(({ weight }) => weight).join(", ")}]`,
    );
  }
  return { stateMachineArn, routes };
}

/** Refuses routes to a version that is not there. Documented: the error's name. */
export async function checkVersions(context: ServiceContext, routing: Routing): Promise<void> {
  for (const { version } of routing.routes) {
    const found = await context.store.version(routing.stateMachineArn, version);
    if (found === undefined) {
      throw errors.resourceNotFound(qualifiedArn(routing.stateMachineArn, version));
    }
  }
}

/** Whether two routings send as much to the same versions, in whichever order they name them. */
export function sameRoutes(a: readonly AliasRoute[], b: readonly AliasRoute[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ version, weight }) =>
      b.some((other) => other.version === version && other.weight === weight),
    )
  );
}

/** The routes as the API shows them. */
export function shownRouting({ stateMachineArn, routes }: AliasRecord): JsonValue {
  return routes.map(({ version, weight }) => ({
    stateMachineVersionArn: qualifiedArn(stateMachineArn, version),
    weight,
  }));
}

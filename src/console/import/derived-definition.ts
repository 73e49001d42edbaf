import type { TakenEdge, VisitView } from "../view-types.ts";
import { branchScope, rootScope } from "../execution/node-key.ts";

/**
 * A definition with the states that were entered and the ways that were gone, for a history without its own: a graph to
 * look at, not one to run.
 */
export function definitionOf(visits: readonly VisitView[], edges: readonly TakenEdge[]): object {
  const byScope = Map.groupBy(firstOfEach(visits), ({ key, name }) =>
    key.slice(0, -name.length - 1),
  );
  const waysFrom = Map.groupBy(edges, ({ from }) => from);
  const lanes = lanesOf(visits);

  const graph = (scope: string): object => {
    const entered = byScope.get(scope) ?? [];
    return {
      StartAt: entered[0]?.name ?? "",
      States: Object.fromEntries(entered.map((visit) => [visit.name, state(scope, visit)])),
    };
  };

  const state = (scope: string, visit: VisitView): object => {
    const ways = waysFrom.get(visit.key) ?? [];
    const targets = (kind: TakenEdge["kind"]) =>
      ways.filter((way) => way.kind === kind).map(({ to }) => to.slice(scope.length + 1));
    const [next, ...others] = targets("next");
    const caught = targets("catch").map((Next) => ({ ErrorEquals: ["States.ALL"], Next }));
    const { type: Type, key } = visit;
    return {
      Type,
      ...(Type === "Task" &&
        visit.resource !== undefined && { Resource: resourceArn(visit.resource) }),
      ...(Type === "Parallel" && { Branches: branches(key) }),
      ...(Type === "Map" && { ItemProcessor: graph(key) }),
      ...(caught.length > 0 && { Catch: caught }),
      ...(Type === "Choice" && {
        Choices: [next, ...others].flatMap((Next) => (Next === undefined ? [] : [{ Next }])),
      }),
      ...(Type !== "Choice" &&
        !endsAlone(Type) &&
        (next === undefined ? { End: true } : { Next: next })),
    };
  };

  const branches = (parallel: string): readonly object[] =>
    Array.from({ length: lanes.get(parallel) ?? 0 }, (_, lane) =>
      graph(branchScope(parallel, lane)),
    );

  return graph(rootScope);
}

/** What a visit calls `lambda:invoke` is `arn:aws:states:::lambda:invoke` in a definition. */
function resourceArn(resource: string): string {
  return resource.startsWith("arn:") ? resource : `arn:aws:states:::${resource}`;
}

/** How many branches each Parallel has, as far as any was entered. */
function lanesOf(visits: readonly VisitView[]): ReadonlyMap<string, number> {
  const keys = new Map(visits.map(({ id, key }) => [id, key]));
  const lanes = new Map<string, number>();
  for (const { parent, lane } of visits) {
    const key = keys.get(parent);
    if (key !== undefined) lanes.set(key, Math.max(lanes.get(key) ?? 0, lane + 1));
  }
  return lanes;
}

function endsAlone(type: string): boolean {
  return type === "Succeed" || type === "Fail";
}

function firstOfEach(visits: readonly VisitView[]): readonly VisitView[] {
  const first = new Map<string, VisitView>();
  for (const visit of visits) if (!first.has(visit.key)) first.set(visit.key, visit);
  return [...first.values()];
}

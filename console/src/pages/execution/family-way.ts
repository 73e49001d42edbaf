import { useQuery } from "@tanstack/react-query";
import type { ExecutionView, RunStatus } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";

/** An execution, or a Map Run, on the way from the first of all to the one that is looked at. */
export interface FamilyMember {
  readonly kind: "execution" | "mapRun";
  readonly arn: string;
  readonly name: string;
  readonly status?: RunStatus | undefined;
  readonly startDate?: number | undefined;
  readonly stopDate?: number | undefined;
}

/** Executions that start one another are seldom deeper; a loop of them would have no end. */
const deepest = 8;

/** The way down to this execution, itself the last; while it is being read, it alone. */
export function useFamilyWay(view: ExecutionView): readonly FamilyMember[] {
  const read = useQuery({
    enabled: view.parentArn !== undefined || view.mapRunArn !== undefined,
    queryKey: ["execution", view.executionArn, "ancestors"],
    queryFn: () => ancestorsOf(view),
    staleTime: Infinity,
  });
  return [...(read.data ?? []), memberOf(view)];
}

export function memberOf(view: ExecutionView): FamilyMember {
  const { executionArn: arn, name, status, startDate, stopDate } = view;
  return { kind: "execution", arn, name, status, startDate, stopDate };
}

/** Those that it comes from, the first of all first. */
async function ancestorsOf(view: ExecutionView): Promise<readonly FamilyMember[]> {
  const way: FamilyMember[] = [];
  for (let at = view; way.length < deepest;) {
    let { parentArn } = at;
    const { mapRunArn } = at;
    if (parentArn === undefined && mapRunArn !== undefined) {
      const run = await server.mapRun(mapRunArn).catch(() => undefined);
      if (run === undefined) break;
      const { label: name, status, startDate, stopDate } = run;
      way.unshift({ kind: "mapRun", arn: mapRunArn, name, status, startDate, stopDate });
      parentArn = run.executionArn;
    }
    if (parentArn === undefined) break;
    const found = await server.execution(parentArn).catch(() => undefined);
    if (found === undefined) break;
    way.unshift(memberOf(found));
    at = found;
  }
  return way;
}

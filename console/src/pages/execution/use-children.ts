import { useQuery } from "@tanstack/react-query";
import type {
  ChildRow,
  ItemStatus,
  MapRunChildRow,
  RunStatus,
} from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import type { FamilyMember } from "./family-way.ts";

/** What somebody in the family has started. */
export interface FamilyChild extends FamilyMember {
  /** The state that started it. */
  readonly stateName?: string;
  /** Which item of a Map Run it works on. */
  readonly index?: number;
}

/** Our choice: how often the children of what still runs are asked for. */
const followMs = 5_000;

/** The first children of an execution or a Map Run, and how many there are. */
export function useChildren(
  { arn, kind, stopDate }: Pick<FamilyMember, "arn" | "kind" | "stopDate">,
  { most, isWanted = true }: { readonly most: number; readonly isWanted?: boolean },
) {
  return useQuery({
    enabled: isWanted,
    queryKey: ["execution", arn, "family", most, stopDate],
    refetchInterval: stopDate === undefined ? followMs : false,
    placeholderData: (before) => before,
    queryFn: async (): Promise<{
      readonly rows: readonly FamilyChild[];
      readonly total: number;
    }> => {
      if (kind === "mapRun") {
        const { rows, total } = await server.mapRunChildren(arn, { limit: most });
        return { rows: rows.map(itemOf), total };
      }
      const { rows, total } = await server.children(arn, { limit: most });
      return { rows: rows.map(childOf), total };
    },
  });
}

function childOf({ executionArn, mapRunArn = "", visit: _visit, ...row }: ChildRow): FamilyChild {
  return executionArn === undefined
    ? { ...row, kind: "mapRun", arn: mapRunArn }
    : { ...row, kind: "execution", arn: executionArn };
}

const statuses: Readonly<Record<ItemStatus, RunStatus | undefined>> = {
  pending: undefined,
  running: "RUNNING",
  succeeded: "SUCCEEDED",
  failed: "FAILED",
  aborted: "ABORTED",
  pendingRedrive: "PENDING_REDRIVE",
};

function itemOf({ executionArn, index, status, startDate, stopDate }: MapRunChildRow): FamilyChild {
  const name = executionArn.slice(executionArn.lastIndexOf(":") + 1);
  return {
    kind: "execution",
    arn: executionArn,
    name,
    index,
    status: statuses[status],
    startDate,
    stopDate,
  };
}

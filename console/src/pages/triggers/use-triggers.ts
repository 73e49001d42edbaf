import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { keys } from "../../api/keys.ts";
import { triggers } from "../../api/triggers.ts";
import type { TriggerTab } from "./triggers-search.ts";

/** Triggers tell no page of themselves. */
const refetchMs = 5_000;

type Told<K extends TriggerTab> = Awaited<ReturnType<(typeof triggers)[K]>>;

/** What there is of one kind, kept up to date. */
export function useTriggers<K extends TriggerTab>(
  kind: K,
  isWanted = true,
): UseQueryResult<Told<K>> {
  return useQuery({
    queryKey: keys.triggersOf(kind),
    queryFn: triggers[kind] as () => Promise<Told<K>>,
    refetchInterval: refetchMs,
    enabled: isWanted,
  });
}

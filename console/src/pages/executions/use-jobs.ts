import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { JobView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";

/** How often jobs are asked for: while one runs, and while none does that is known here. */
const whileRunningMs = 1_000;
const otherwiseMs = 15_000;

export function isOpenJob({ state }: Pick<JobView, "state">): boolean {
  return state === "running" || state === "paused";
}

export function useJobs() {
  return useQuery({
    queryKey: keys.jobs,
    queryFn: server.jobs,
    refetchInterval: ({ state }) =>
      state.data?.some((job) => job.state === "running") === true ? whileRunningMs : otherwiseMs,
  });
}

/** One job with what was refused. */
export function useJob(id: string) {
  return useQuery({
    queryKey: keys.job(id),
    queryFn: () => server.job(id),
    refetchInterval: ({ state }) =>
      state.data?.state === "running" ? whileRunningMs : otherwiseMs,
  });
}

export function useChangeJob(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (action: "pause" | "resume" | "cancel") => server.changeJob(id, action),
    // It may have ended meanwhile: then that is shown.
    onSettled: () => client.invalidateQueries({ queryKey: keys.jobs }),
  });
}

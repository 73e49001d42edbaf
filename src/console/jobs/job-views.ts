import type { JobDetail, JobView } from "../view-types.ts";
import type { JobRecord } from "./job-record.ts";

export function jobView({ header, progress }: JobRecord): JobView {
  const { id, action, filter, created, by, matched, unfit, total } = header;
  const { state, ended, done, succeeded, failed, refusals } = progress;
  return {
    id,
    action,
    state,
    ...(filter !== undefined && { filter }),
    created,
    ...(ended !== undefined && { ended }),
    by,
    matched,
    unfit,
    total,
    done,
    succeeded,
    failed,
    refusals: Object.entries(refusals)
      .map(([code, count]) => ({ code, count }))
      .sort((a, b) => b.count - a.count),
  };
}

export function jobDetail(job: JobRecord): JobDetail {
  return { ...jobView(job), refused: job.progress.refused };
}

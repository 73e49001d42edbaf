import { X } from "lucide-react";
import { useState } from "react";
import type { JobView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { JobButtons, JobProgress, JobStateSign, useJobName } from "./job-progress.tsx";
import { isOpenJob, useJobs } from "./use-jobs.ts";

/** Jobs that are open, whoever began them, and those that ended while they were shown. */
export function OpenJobs({ onOpen }: { readonly onOpen: (id: string) => void }) {
  const words = useText().executions.jobs;
  const { data: jobs = [] } = useJobs();
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const unseen = jobs.filter((job) => isOpenJob(job) && !seen.has(job.id));
  if (unseen.length > 0) setSeen(new Set([...seen, ...unseen.map(({ id }) => id)]));
  const hide = (id: string) => setSeen(new Set([...seen].filter((each) => each !== id)));
  const shown = jobs.filter((job) => isOpenJob(job) || seen.has(job.id));
  if (shown.length === 0) return null;
  return (
    <section
      aria-label={words.label}
      className="rounded-xl border border-line bg-surface shadow-card"
    >
      <ul className="divide-y divide-line">
        {shown.map((job) => (
          <OpenJob
            key={job.id}
            job={job}
            onOpen={() => onOpen(job.id)}
            onHide={() => hide(job.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function OpenJob({
  job,
  onOpen,
  onHide,
}: {
  readonly job: JobView;
  readonly onOpen: () => void;
  readonly onHide: () => void;
}) {
  const words = useText().executions.jobs;
  const name = useJobName(job);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5">
      <div className="w-64 min-w-0 max-sm:w-full">
        <p className="truncate text-[13px] font-semibold" title={name}>
          {name}
        </p>
        <p className="text-xs">
          <JobStateSign state={job.state} />
        </p>
      </div>
      <div className="flex min-w-48 grow">
        <JobProgress job={job} />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <JobButtons job={job} />
        <Button onPress={onOpen}>{words.details}</Button>
        {!isOpenJob(job) && (
          <IconButton label={words.dismiss} onPress={onHide}>
            <X aria-hidden size={15} />
          </IconButton>
        )}
      </div>
    </li>
  );
}

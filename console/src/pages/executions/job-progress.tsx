import { Ban, Check, CircleDot, Pause, Play, Square, type LucideIcon } from "lucide-react";
import type { JobState, JobView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { isOpenJob, useChangeJob } from "./use-jobs.ts";

const signs: Readonly<Record<JobState, readonly [LucideIcon, string]>> = {
  running: [CircleDot, "text-run"],
  paused: [Pause, "text-wait"],
  done: [Check, "text-ok"],
  cancelled: [Ban, "text-off"],
};

export function JobStateSign({ state }: { readonly state: JobState }) {
  const text = useText();
  const [Icon, look] = signs[state];
  return (
    <span className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${look}`}>
      <Icon aria-hidden size={14} />
      {text.executions.jobs.states[state]}
    </span>
  );
}

/** What a job does, with which executions. */
export function useJobName({ action, filter }: Pick<JobView, "action" | "filter">): string {
  const words = useText().executions;
  const of =
    filter === undefined
      ? words.jobs.ofSelection
      : filter === ""
        ? words.jobs.ofAll
        : words.jobs.ofFilter(filter);
  return `${words.bulk[action].job}: ${of}`;
}

/** How far a job has come. */
export function JobProgress({ job }: { readonly job: JobView }) {
  const format = useFormat();
  const words = useText().executions.jobs;
  const name = useJobName(job);
  const { total, done, succeeded, failed, matched } = job;
  const share = (count: number) => `${total === 0 ? 0 : (count / total) * 100}%`;
  const alone = matched - total;
  return (
    <div className="min-w-0 grow">
      <div
        role="progressbar"
        aria-label={name}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={words.progress(format.number(done), format.number(total))}
        className="flex h-1.5 w-full overflow-hidden rounded-full bg-sunken"
      >
        <span className="bg-ok transition-[width]" style={{ width: share(succeeded) }} />
        <span className="bg-fail transition-[width]" style={{ width: share(failed) }} />
      </div>
      <p className="mt-1 flex flex-wrap gap-x-3 text-xs text-dim tabular-nums">
        <span className="font-medium text-text">
          {words.progress(format.number(done), format.number(total))}
        </span>
        <span>{words.counts(format.number(succeeded), format.number(failed))}</span>
        {alone > 0 && <span>{words.leftAlone(format.number(alone))}</span>}
      </p>
    </div>
  );
}

export function JobButtons({ job }: { readonly job: JobView }) {
  const words = useText().executions.jobs;
  const change = useChangeJob(job.id);
  if (!isOpenJob(job)) return null;
  const isPaused = job.state === "paused";
  const Icon = isPaused ? Play : Pause;
  // A button that is disabled would lose the focus, and with it the keys of the window that it is in.
  const ask = (action: "pause" | "resume" | "cancel") => {
    if (!change.isPending) change.mutate(action);
  };
  return (
    <>
      <Button onPress={() => ask(isPaused ? "resume" : "pause")}>
        <Icon aria-hidden size={14} />
        {isPaused ? words.resume : words.pause}
      </Button>
      <Button look="danger" onPress={() => ask("cancel")}>
        <Square aria-hidden size={13} />
        {words.cancel}
      </Button>
    </>
  );
}

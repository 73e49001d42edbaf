import { Link } from "@tanstack/react-router";
import type { JobDetail } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Ago } from "../../parts/time.tsx";
import { MiddleName } from "./middle-name.tsx";
import { JobButtons, JobProgress, JobStateSign, useJobName } from "./job-progress.tsx";
import { isOpenJob, useJob } from "./use-jobs.ts";

/** A job while it runs and after: what became of its executions. Closing the window leaves it alone. */
export function JobDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const words = useText().executions;
  const job = useJob(id);
  const action = job.data?.action;
  return (
    <Dialog
      title={action === undefined ? words.jobs.label : words.bulk[action].title}
      isOpen
      onClose={onClose}
      width="max-w-2xl"
    >
      <Read query={job}>{(data) => <Job job={data} onClose={onClose} />}</Read>
    </Dialog>
  );
}

function Job({ job, onClose }: { readonly job: JobDetail; readonly onClose: () => void }) {
  const text = useText();
  const format = useFormat();
  const words = text.executions.jobs;
  const name = useJobName(job);
  const { created, ended, by, unfit } = job;
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <JobStateSign state={job.state} />
        <span className="min-w-0 break-words">{name}</span>
      </div>
      <JobProgress job={job} />
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-xs text-dim">
        <Fact label={words.created}>
          <Ago at={created} />
        </Fact>
        {ended !== undefined && (
          <Fact label={words.ended}>
            <Ago at={ended} />
          </Fact>
        )}
        {by !== "" && <Fact label={words.by}>{by}</Fact>}
      </dl>
      {unfit.length > 0 && (
        <div className="text-[13px] text-dim">
          <p>{text.executions.bulk.notWhy}</p>
          <ul className="mt-1 list-disc pl-5">
            {unfit.map(({ reason, count }) => (
              <li key={reason}>{text.executions.bulk.unfit[reason](format.number(count))}</li>
            ))}
          </ul>
        </div>
      )}
      <Refused job={job} />
      <div className="flex flex-wrap justify-end gap-2">
        <JobButtons job={job} />
        {/* When the other buttons go, the focus stays in the window. */}
        <Button key={String(isOpenJob(job))} autoFocus={!isOpenJob(job)} onPress={onClose}>
          {text.app.close}
        </Button>
      </div>
    </div>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex min-w-0 gap-1.5">
      <dt>{label}</dt>
      <dd className="min-w-0 break-all text-text">{children}</dd>
    </div>
  );
}

function Refused({ job }: { readonly job: JobDetail }) {
  const format = useFormat();
  const words = useText().executions.jobs;
  const { refused, refusals, failed } = job;
  if (failed === 0) {
    return isOpenJob(job) ? <p className="text-[13px] text-dim">{words.noneRefused}</p> : null;
  }
  return (
    <section>
      <h3 className="mb-1.5 flex flex-wrap items-baseline gap-x-3 text-[13px] font-semibold">
        {words.refused}
        {refusals.map(({ code, count }) => (
          <span key={code} className="font-mono text-xs font-normal text-fail">
            {code} ×{format.number(count)}
          </span>
        ))}
      </h3>
      <div
        role="region"
        aria-label={words.refused}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
        tabIndex={0}
        className="max-h-64 overflow-auto rounded-lg border border-line"
      >
        <ul className="divide-y divide-line">
          {refused.map(({ executionArn, message }) => (
            <li key={executionArn} className="px-3 py-1.5 text-[13px]">
              <Link
                to="/executions/$arn"
                params={{ arn: executionArn }}
                className="flex min-h-6 min-w-0 font-medium hover:text-accent hover:underline"
              >
                <MiddleName name={executionArn.split(":")[7] ?? executionArn} />
              </Link>
              <p className="text-xs break-words text-dim">{message}</p>
            </li>
          ))}
        </ul>
      </div>
      {refused.length < failed && (
        <p className="mt-1 text-xs text-dim">
          {words.firstOf(format.number(refused.length), format.number(failed))}
        </p>
      )}
    </section>
  );
}

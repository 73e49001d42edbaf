import { Link } from "@tanstack/react-router";
import { Play } from "lucide-react";
import type { ScheduleView } from "../../../../src/console/view-types.ts";
import { triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";
import { Ago } from "../../parts/time.tsx";
import { StackOf } from "../stacks/stack-of.tsx";
import { ExecutionLink } from "./arn-link.tsx";
import { EditAndRemove } from "./edit-and-remove.tsx";
import { NextTimes } from "./next-times.tsx";
import { Outcomes } from "./outcomes.tsx";
import { deleteRule } from "./rule-calls.ts";
import { deleteSchedule, switchSchedule } from "./schedule-calls.ts";
import { ScheduleForm } from "./schedule-form.tsx";
import { Targets } from "./targets.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";

/** A schedule: when it runs, what it starts, what came of it, and what can be done with it. */
export function ScheduleDetails({ schedule }: { readonly schedule: ScheduleView }) {
  const { triggers: text } = useAroundText();
  const format = useFormat();
  const { arn, name, group, description, expression, zone, isEnabled, targets } = schedule;
  const run = useTriggerChange(() => triggers.runNow(arn));
  const turn = useTriggerChange(() => switchSchedule(schedule, !isEnabled));
  const remove = useTriggerChange(() =>
    group === undefined ? deleteRule(arn) : deleteSchedule({ arn, name, group }),
  );
  const started = run.data?.newest[0];
  const facts = [
    schedule.windowMinutes !== undefined &&
      text.schedule.inWindow(format.number(schedule.windowMinutes)),
    schedule.start !== undefined && text.schedule.from(format.dateTime(schedule.start)),
    schedule.end !== undefined && text.schedule.until(format.dateTime(schedule.end)),
    schedule.isDeletedAfterwards === true && text.schedule.deletedAfterwards,
  ].filter((each) => each !== false);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" isDisabled={run.isPending} onPress={() => run.mutate()}>
          <Play aria-hidden size={14} />
          {text.schedule.runNow}
        </Button>
        <Button isDisabled={turn.isPending} onPress={() => turn.mutate()}>
          {isEnabled ? text.disable : text.enable}
        </Button>
        <EditAndRemove
          name={name}
          hint={text.removeHint}
          form={
            group === undefined
              ? undefined
              : (close) => <ScheduleForm schedule={schedule} onClose={close} />
          }
          remove={() => remove.mutateAsync()}
        />
        <span role="status" className="min-w-0 text-[13px]">
          {run.isSuccess && (
            <>
              {text.schedule.hasRun}{" "}
              {started?.executionArn !== undefined && <ExecutionLink arn={started.executionArn} />}
              {started?.code !== undefined && (
                <span className="text-fail">
                  {started.code}: {started.message}
                </span>
              )}
            </>
          )}
        </span>
      </div>
      <Problem error={run.error ?? turn.error} />
      <StackOf arn={arn} />
      {description !== undefined && <p className="text-[13px] break-words">{description}</p>}
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <section className="min-w-0">
          <h3 className="mb-1 text-[13px] font-semibold">{text.schedule.nextTimes}</h3>
          <p className="mb-1 font-mono text-xs break-all text-dim">
            {expression} {zone}
          </p>
          {facts.length > 0 && <p className="mb-1 text-xs text-dim">{facts.join(" · ")}</p>}
          {isEnabled ? (
            <NextTimes next={schedule.next} zone={zone} />
          ) : (
            <p className="text-[13px] text-dim">{text.schedule.off}</p>
          )}
          {schedule.last !== undefined && (
            <p className="mt-1 text-[13px] text-dim">
              {text.schedule.last}: <Ago at={schedule.last} />
            </p>
          )}
        </section>
        <section className="min-w-0">
          <h3 className="mb-1 text-[13px] font-semibold">{text.targets}</h3>
          <Targets targets={targets} />
        </section>
        <div className="min-w-0">
          <Outcomes outcomes={schedule.outcomes} />
          <p className="mt-2 text-[13px]">
            <Link
              to="/executions"
              search={{ q: `name:${beginningOfNames(name)}` }}
              className="text-accent hover:underline"
            >
              {text.allExecutions}
            </Link>
          </p>
        </div>
      </div>
    </div>
  );
}

/** What is left of a schedule's name in those of its executions: the rest of their 80 characters is the tick, or the event's id, and a digest. */
const keptCharacters = 34;

/** What the names of its executions begin with. */
function beginningOfNames(name: string): string {
  const label = name.replaceAll(/[^\w-]/g, "_");
  return label.length > keptCharacters ? label.slice(0, keptCharacters) : `${label}-`;
}

import { Plus } from "lucide-react";
import { useState } from "react";
import type { ScheduleView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Button } from "../../parts/button.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { useExpressionWords, useZoneTimes } from "./expression-words.ts";
import { OnOff } from "./on-off.tsx";
import { OutcomeCounts } from "./outcomes.tsx";
import { ScheduleDetails } from "./schedule-details.tsx";
import { ScheduleForm } from "./schedule-form.tsx";
import { TriggerList } from "./trigger-list.tsx";
import { useTriggers } from "./use-triggers.ts";

const command = `aws scheduler create-schedule --name nightly \\
  --schedule-expression "cron(30 2 * * ? *)" --schedule-expression-timezone Europe/Berlin \\
  --flexible-time-window Mode=OFF \\
  --target Arn=STATE_MACHINE_ARN,RoleArn=ROLE_ARN`;

/** Schedules of Scheduler, and rules with an expression. */
export function SchedulesTab(state: OpenState) {
  const { triggers: text } = useAroundText();
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <Read query={useTriggers("schedules")}>
        {(all) => (
          <TriggerList
            label={text.schedules}
            items={all}
            absence={{
              title: text.schedule.none,
              hint: text.schedule.noneHint,
              command: { label: text.schedule.command, code: command },
            }}
            actions={
              <Button look="primary" onPress={() => setCreating(true)}>
                <Plus aria-hidden size={14} />
                {text.schedule.create}
              </Button>
            }
            note={text.countsHint}
          >
            {(schedule) => <ScheduleRow key={schedule.arn} schedule={schedule} {...state} />}
          </TriggerList>
        )}
      </Read>
      {isCreating && <ScheduleForm onClose={() => setCreating(false)} />}
    </>
  );
}

function ScheduleRow({ schedule, ...state }: OpenState & { readonly schedule: ScheduleView }) {
  const { triggers: text } = useAroundText();
  const wordsOf = useExpressionWords();
  const timeOf = useZoneTimes(schedule.zone);
  const { arn, name, group, expression, zone, isEnabled, next, outcomes } = schedule;
  const words = wordsOf(expression, group === undefined ? "events" : "scheduler");
  const [first] = next;
  return (
    <OpenRow
      id={arn}
      name={name}
      note={
        <>
          {words === undefined ? <code>{expression}</code> : words}
          {zone !== "UTC" && ` · ${zone}`}
          {group !== undefined && group !== "default" && ` · ${text.schedule.group(group)}`}
          {group === undefined && ` · ${text.schedule.ofRule}`}
        </>
      }
      facts={
        <>
          <OutcomeCounts outcomes={outcomes} />
          {first !== undefined && (
            <span>
              {text.schedule.next}: {timeOf(first)}
            </span>
          )}
          <OnOff isOn={isEnabled} />
        </>
      }
      {...state}
    >
      {() => <ScheduleDetails schedule={schedule} />}
    </OpenRow>
  );
}

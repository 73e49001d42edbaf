import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { CalendarClock, Globe, Plus, Split, Waypoints, type LucideIcon } from "lucide-react";
import { useState } from "react";
import type { WorkflowTriggerView } from "../../../../src/console/view-types.ts";
import { keys } from "../../api/keys.ts";
import { triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button, linkAsButton } from "../../parts/button.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { useExpressionWords } from "../triggers/expression-words.ts";
import { OnOff } from "../triggers/on-off.tsx";
import { ScheduleForm } from "../triggers/schedule-form.tsx";
import type { TriggerTab } from "../triggers/triggers-search.ts";

const kinds: Readonly<
  Record<WorkflowTriggerView["kind"], { readonly Icon: LucideIcon; readonly tab: TriggerTab }>
> = {
  schedule: { Icon: CalendarClock, tab: "schedules" },
  rule: { Icon: Split, tab: "rules" },
  pipe: { Icon: Waypoints, tab: "pipes" },
  route: { Icon: Globe, tab: "routes" },
};

/** *Our choice*: characters of a pattern that are shown in the list. */
const longest = 200;

/** What starts the workflow by itself. */
export function TriggersTab({ stateMachineArn }: { readonly stateMachineArn: string }) {
  const { triggers: text } = useAroundText();
  const [isCreating, setCreating] = useState(false);
  const query = useQuery({
    queryKey: [...keys.triggersOf("workflow"), stateMachineArn],
    queryFn: () => triggers.ofWorkflow(stateMachineArn),
  });
  const create = (
    <Button onPress={() => setCreating(true)}>
      <Plus aria-hidden size={14} />
      {text.schedule.create}
    </Button>
  );
  const all = (
    <Link to="/triggers" className={linkAsButton("plain")}>
      {text.ofWorkflow.all}
    </Link>
  );
  return (
    <>
      <Read query={query}>
        {({ triggers: found, hidden }) => (
          <>
            {found.length === 0 ? (
              <Card>
                <Empty
                  title={text.ofWorkflow.none}
                  action={
                    <span className="flex flex-wrap justify-center gap-2">
                      {create}
                      {all}
                    </span>
                  }
                >
                  {text.ofWorkflow.noneHint}
                </Empty>
              </Card>
            ) : (
              <Card
                flush
                title={text.title}
                aside={
                  <span className="flex flex-wrap justify-end gap-2">
                    {create}
                    {all}
                  </span>
                }
              >
                <ul aria-label={text.title}>
                  {found.map((trigger) => (
                    <Trigger key={`${trigger.kind} ${trigger.id}`} trigger={trigger} />
                  ))}
                </ul>
              </Card>
            )}
            {hidden.length > 0 && (
              <p className="mt-2 text-[13px] text-dim">
                {text.ofWorkflow.hidden(hidden.map((kind) => text.kinds[kind]).join(", "))}
              </p>
            )}
          </>
        )}
      </Read>
      {isCreating && (
        <ScheduleForm targetArn={stateMachineArn} onClose={() => setCreating(false)} />
      )}
    </>
  );
}

function Trigger({ trigger }: { readonly trigger: WorkflowTriggerView }) {
  const { triggers: text } = useAroundText();
  const format = useFormat();
  const wordsOf = useExpressionWords();
  const { kind, id, name, says, isEnabled, next } = trigger;
  const { Icon, tab } = kinds[kind];
  const words = kind === "schedule" ? wordsOf(says, "scheduler") : undefined;
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 last:border-0">
      <Icon aria-hidden size={16} className="shrink-0 text-dim" />
      <span className="min-w-0 grow basis-48">
        <Link
          to="/triggers"
          search={{ ...(tab !== "schedules" && { tab }), open: id }}
          className="font-medium break-words text-accent hover:underline"
        >
          {name}
        </Link>
        <span className="block text-xs break-all text-dim">
          {text.kinds[kind]} · {words ?? <code>{says.slice(0, longest)}</code>}
        </span>
      </span>
      <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px] text-dim tabular-nums">
        {next !== undefined && (
          <span>
            {text.schedule.next}: {format.dateTime(next)}
          </span>
        )}
        <OnOff isOn={isEnabled} />
      </span>
    </li>
  );
}

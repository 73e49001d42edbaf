import { FlaskConical, Plus, Send } from "lucide-react";
import { useState } from "react";
import type { RulesView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Button } from "../../parts/button.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Buses } from "./buses.tsx";
import { examplePattern } from "./event-pattern.ts";
import { OnOff } from "./on-off.tsx";
import { OutcomeCounts } from "./outcomes.tsx";
import { PatternTester } from "./pattern-tester.tsx";
import { RuleDetails } from "./rule-details.tsx";
import { RuleForm } from "./rule-form.tsx";
import { SendEvent } from "./send-event.tsx";
import { TriggerList } from "./trigger-list.tsx";
import { useTriggers } from "./use-triggers.ts";

const command = `aws events put-rule --name placed --event-pattern '{"source":["shop"]}'
aws events put-targets --rule placed --targets Id=1,Arn=STATE_MACHINE_ARN,RoleArn=ROLE_ARN`;

/** Event buses with their rules; events to send, and patterns to try. */
export function RulesTab(state: OpenState) {
  return <Read query={useTriggers("rules")}>{(view) => <Rules view={view} {...state} />}</Read>;
}

function Rules({ view, ...state }: OpenState & { readonly view: RulesView }) {
  const { triggers: text } = useAroundText();
  const [asks, setAsks] = useState<"create" | "send" | "test">();
  const close = () => setAsks(undefined);
  return (
    <div className="flex flex-col gap-4">
      <TriggerList
        label={text.rules}
        items={view.rules}
        absence={{
          title: text.rule.none,
          hint: text.rule.noneHint,
          command: { label: text.rule.command, code: command },
        }}
        actions={
          <span className="flex flex-wrap justify-end gap-2">
            <Button onPress={() => setAsks("test")}>
              <FlaskConical aria-hidden size={14} />
              {text.rule.testPattern}
            </Button>
            <Button onPress={() => setAsks("send")}>
              <Send aria-hidden size={14} />
              {text.rule.sendEvent}
            </Button>
            <Button look="primary" onPress={() => setAsks("create")}>
              <Plus aria-hidden size={14} />
              {text.rule.create}
            </Button>
          </span>
        }
        note={text.countsHint}
      >
        {(rule) => (
          <OpenRow
            key={rule.arn}
            id={rule.arn}
            name={rule.name}
            note={noteOf(rule, text.rule.onSchedule)}
            facts={
              <>
                <OutcomeCounts outcomes={rule.outcomes} />
                <OnOff isOn={rule.isEnabled} />
              </>
            }
            {...state}
          >
            {() => <RuleDetails rule={rule} buses={view.buses} />}
          </OpenRow>
        )}
      </TriggerList>
      <Buses view={view} />
      {asks === "create" && <RuleForm buses={view.buses} onClose={close} />}
      {asks === "send" && <SendEvent view={view} onClose={close} />}
      {asks === "test" && <TestPattern onClose={close} />}
    </div>
  );
}

function noteOf(
  { bus, description, pattern }: RulesView["rules"][number],
  onSchedule: string,
): string | undefined {
  const notes = [
    bus === "default" ? undefined : bus,
    pattern === undefined ? onSchedule : undefined,
    description,
  ].filter((each) => each !== undefined && each !== "");
  return notes.length === 0 ? undefined : notes.join(" · ");
}

function TestPattern({ onClose }: { readonly onClose: () => void }) {
  const { rule: text } = useAroundText().triggers;
  const [pattern, setPattern] = useState(examplePattern);
  return (
    <Dialog isOpen title={text.testPattern} onClose={onClose} width="max-w-4xl">
      <PatternTester pattern={pattern} onPattern={setPattern} />
    </Dialog>
  );
}

import { useQuery } from "@tanstack/react-query";
import { FlaskConical, Plus, Send } from "lucide-react";
import { useState } from "react";
import type { RulesView } from "../../../../src/console/view-types.ts";
import { keys } from "../../api/keys.ts";
import { triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Dialog } from "../../parts/dialog.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { examplePattern } from "./event-pattern.ts";
import { OnOff } from "./on-off.tsx";
import { OutcomeCounts } from "./outcomes.tsx";
import { PatternTester } from "./pattern-tester.tsx";
import { refetchMs } from "./refetch.ts";
import { RuleDetails } from "./rule-details.tsx";
import { RuleForm } from "./rule-form.tsx";
import { SendEvent } from "./send-event.tsx";

const command = `aws events put-rule --name placed --event-pattern '{"source":["shop"]}'
aws events put-targets --rule placed --targets Id=1,Arn=STATE_MACHINE_ARN,RoleArn=ROLE_ARN`;

/** Event buses with their rules; events to send, and patterns to try. */
export function RulesTab(state: OpenState) {
  const query = useQuery({
    queryKey: keys.triggersOf("rules"),
    queryFn: triggers.rules,
    refetchInterval: refetchMs,
  });
  return <Read query={query}>{(view) => <Rules view={view} {...state} />}</Read>;
}

function Rules({ view, ...state }: OpenState & { readonly view: RulesView }) {
  const { triggers: text } = useAroundText();
  const [asks, setAsks] = useState<"create" | "send" | "test">();
  const close = () => setAsks(undefined);
  const { rules } = view;
  const buttons = (
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
  );
  return (
    <div className="flex flex-col gap-4">
      {rules.length === 0 ? (
        <Card>
          <Empty title={text.rule.none} action={buttons}>
            {text.rule.noneHint}
          </Empty>
          <CodeBlock label={text.rule.command} code={command} />
        </Card>
      ) : (
        <Card flush>
          <div className="border-b border-line px-4 py-2">{buttons}</div>
          <ul aria-label={text.rules}>
            {rules.map((rule) => (
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
            ))}
          </ul>
        </Card>
      )}
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

function Buses({ view: { buses, rules } }: { readonly view: RulesView }) {
  const { triggers: text } = useAroundText();
  const format = useFormat();
  return (
    <Card flush title={text.rule.buses}>
      <ul aria-label={text.rule.buses}>
        {buses.map(({ arn, name, region, description }) => (
          <li
            key={arn}
            className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 text-[13px] last:border-0"
          >
            <span className="min-w-0 grow break-words">
              <span className="font-medium">{name}</span>{" "}
              <span className="text-dim">
                {region}
                {description !== undefined && ` · ${description}`}
              </span>
            </span>
            <span className="text-dim tabular-nums">
              {text.rule.rulesOf(
                format.number(
                  rules.filter((rule) => rule.bus === name && rule.region === region).length,
                ),
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
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

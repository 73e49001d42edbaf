import { useQuery } from "@tanstack/react-query";
import { Check, CircleAlert, CircleSlash } from "lucide-react";
import { useState } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { JsonEditor } from "../../parts/json-editor.tsx";
import { exampleEvent, type PatternResult, tryPattern } from "./event-pattern.ts";

const signs = {
  matches: { Icon: Check, look: "text-ok" },
  differs: { Icon: CircleSlash, look: "text-wait" },
  noEvent: { Icon: CircleAlert, look: "text-fail" },
  invalid: { Icon: CircleAlert, look: "text-fail" },
} as const;

/** A pattern beside an event, and whether they match, while both are typed. */
export function PatternTester({
  pattern,
  onPattern,
}: {
  readonly pattern: string;
  readonly onPattern: (pattern: string) => void;
}) {
  const { rule: text } = useAroundText().triggers;
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const { region = "us-east-1", accountId = "000000000000" } = session.data ?? {};
  const [typed, setEvent] = useState<string>();
  const event = typed ?? exampleEvent(region, accountId);
  return (
    <div className="flex flex-col gap-2">
      <div className="grid gap-4 md:grid-cols-2">
        <JsonEditor
          label={text.pattern}
          hint={text.patternHint}
          value={pattern}
          onChange={onPattern}
          rows={12}
        />
        <JsonEditor
          label={text.event}
          hint={text.eventHint}
          value={event}
          onChange={setEvent}
          rows={12}
        />
      </div>
      <Result result={tryPattern(pattern, event)} />
    </div>
  );
}

function Result({ result }: { readonly result: PatternResult }) {
  const { rule: text } = useAroundText().triggers;
  const { Icon, look } = signs[result.type];
  const said = {
    matches: text.matches,
    differs: text.differs,
    noEvent: `${text.event}: ${text.notJson}`,
    invalid: "problem" in result ? `${text.pattern}: ${result.problem}` : "",
  };
  return (
    <p role="status" className={`flex items-start gap-2 text-[13px] font-medium ${look}`}>
      <Icon aria-hidden size={15} className="mt-0.5 shrink-0" />
      <span className="min-w-0 break-words whitespace-pre-wrap">{said[result.type]}</span>
    </p>
  );
}

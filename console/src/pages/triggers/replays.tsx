import type { ReplayView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Problem } from "../../parts/field.tsx";
import { Card } from "../../parts/layout.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";

/** What is replayed, and was. */
export function Replays({ replays }: { readonly replays: readonly ReplayView[] }) {
  const { triggers: words } = useAroundText();
  const { archive: text } = words;
  const format = useFormat();
  const cancel = useTriggerChange(({ arn, name }: ReplayView) =>
    callService("events", "CancelReplay", { ReplayName: name }, regionOf(arn)),
  );
  return (
    <Card flush title={text.replays}>
      <Problem error={cancel.error} />
      {replays.length === 0 ? (
        <p className="px-4 py-6 text-center text-dim">{text.noReplays}</p>
      ) : (
        <Table label={text.replays}>
          <thead>
            <tr>
              <Head>{words.name}</Head>
              <Head>{text.replay}</Head>
              <Head>{text.from}</Head>
              <Head>{text.to}</Head>
              <Head />
            </tr>
          </thead>
          <tbody>
            {replays.map((replay) => (
              <tr key={replay.arn} className={rowLook}>
                <Cell className="min-w-24 font-medium [overflow-wrap:anywhere]">{replay.name}</Cell>
                <Cell>
                  {text.states[replay.state] ?? replay.state}
                  {replay.lastEventAt !== undefined && replay.endedAt === undefined && (
                    <span className="block text-xs text-dim">
                      {text.reached(format.dateTime(replay.lastEventAt))}
                    </span>
                  )}
                  <span className="block text-xs text-dim">
                    <Ago at={replay.startedAt} />
                  </span>
                </Cell>
                <Cell className="min-w-36">{format.dateTime(replay.from)}</Cell>
                <Cell className="min-w-36">{format.dateTime(replay.to)}</Cell>
                <Cell>
                  {replay.endedAt === undefined && (
                    <Button isDisabled={cancel.isPending} onPress={() => cancel.mutate(replay)}>
                      {text.cancel}
                    </Button>
                  )}
                </Cell>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

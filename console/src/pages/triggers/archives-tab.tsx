import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ArchivesView, ArchiveView, ReplayView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { callService, triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Problem } from "../../parts/field.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { refetchMs } from "./refetch.ts";
import { StartReplay } from "./start-replay.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";

const command = `aws events create-archive --archive-name orders \\
  --event-source-arn EVENT_BUS_ARN --retention-days 30`;

/** Archives of events, and what was replayed of them. */
export function ArchivesTab(state: OpenState) {
  const { triggers: text } = useAroundText();
  const query = useQuery({
    queryKey: keys.triggersOf("archives"),
    queryFn: triggers.archives,
    refetchInterval: refetchMs,
  });
  return (
    <Read query={query}>
      {(view) =>
        view.archives.length + view.replays.length === 0 ? (
          <Card>
            <Empty title={text.archive.none}>{text.archive.noneHint}</Empty>
            <CodeBlock label={text.archive.command} code={command} />
          </Card>
        ) : (
          <Archives view={view} {...state} />
        )
      }
    </Read>
  );
}

function Archives({ view, ...state }: OpenState & { readonly view: ArchivesView }) {
  const { archive: text } = useAroundText().triggers;
  const keptFor = useKeptFor();
  return (
    <div className="flex flex-col gap-4">
      <Card flush title={text.archives}>
        <ul aria-label={text.archives}>
          {view.archives.map((archive) => (
            <OpenRow
              key={archive.arn}
              id={archive.arn}
              name={archive.name}
              note={archive.busArn.slice(archive.busArn.indexOf("/") + 1)}
              facts={<span>{keptFor(archive)}</span>}
              {...state}
            >
              {() => <Archive archive={archive} />}
            </OpenRow>
          ))}
        </ul>
      </Card>
      <Replays replays={view.replays} />
    </div>
  );
}

function useKeptFor(): (archive: ArchiveView) => string {
  const { archive: text } = useAroundText().triggers;
  const format = useFormat();
  return ({ retentionDays }) =>
    retentionDays === 0 ? text.forever : text.kept(format.number(retentionDays));
}

function Archive({ archive }: { readonly archive: ArchiveView }) {
  const { archive: text } = useAroundText().triggers;
  const [isReplaying, setReplaying] = useState(false);
  return (
    <div className="flex flex-col gap-3">
      <div>
        <Button look="primary" onPress={() => setReplaying(true)}>
          {text.replay}
        </Button>
      </div>
      {archive.description !== undefined && (
        <p className="text-[13px] break-words">{archive.description}</p>
      )}
      {archive.pattern === undefined ? (
        <p className="text-[13px] text-dim">
          {text.keeps}: {text.everything}
        </p>
      ) : (
        <JsonView value={archive.pattern} label={text.keeps} />
      )}
      {isReplaying && <StartReplay archive={archive} onClose={() => setReplaying(false)} />}
    </div>
  );
}

function Replays({ replays }: { readonly replays: readonly ReplayView[] }) {
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
              <Head>{text.from}</Head>
              <Head>{text.to}</Head>
              <Head>{text.replay}</Head>
              <Head />
            </tr>
          </thead>
          <tbody>
            {replays.map((replay) => (
              <tr key={replay.arn} className={rowLook}>
                <Cell className="min-w-24 font-medium [overflow-wrap:anywhere]">{replay.name}</Cell>
                <Cell>{format.dateTime(replay.from)}</Cell>
                <Cell>{format.dateTime(replay.to)}</Cell>
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

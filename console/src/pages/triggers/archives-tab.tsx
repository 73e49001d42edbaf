import { Plus } from "lucide-react";
import { useState } from "react";
import type { ArchiveView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { ArchiveDetails } from "./archive-details.tsx";
import { ArchiveForm } from "./archive-form.tsx";
import { Replays } from "./replays.tsx";
import { TriggerList } from "./trigger-list.tsx";
import { useTriggers } from "./use-triggers.ts";

const command = `aws events create-archive --archive-name orders \\
  --event-source-arn EVENT_BUS_ARN --retention-days 30`;

/** Archives of events, and what was replayed of them. */
export function ArchivesTab(state: OpenState) {
  const { triggers: text } = useAroundText();
  const [isCreating, setCreating] = useState(false);
  const keptFor = useKeptFor();
  return (
    <>
      <Read query={useTriggers("archives")}>
        {({ archives, replays }) => (
          <div className="flex flex-col gap-4">
            <TriggerList
              label={text.archives}
              items={archives}
              absence={{
                title: text.archive.none,
                hint: text.archive.noneHint,
                command: { label: text.archive.command, code: command },
              }}
              actions={
                <Button look="primary" onPress={() => setCreating(true)}>
                  <Plus aria-hidden size={14} />
                  {text.archive.create}
                </Button>
              }
            >
              {(archive) => (
                <OpenRow
                  key={archive.arn}
                  id={archive.arn}
                  name={archive.name}
                  note={archive.busArn.slice(archive.busArn.indexOf("/") + 1)}
                  facts={<span>{keptFor(archive)}</span>}
                  {...state}
                >
                  {() => <ArchiveDetails archive={archive} />}
                </OpenRow>
              )}
            </TriggerList>
            {archives.length + replays.length > 0 && <Replays replays={replays} />}
          </div>
        )}
      </Read>
      {isCreating && <ArchiveForm onClose={() => setCreating(false)} />}
    </>
  );
}

function useKeptFor(): (archive: ArchiveView) => string {
  const { archive: text } = useAroundText().triggers;
  const format = useFormat();
  return ({ retentionDays }) =>
    retentionDays === 0 ? text.forever : text.kept(format.number(retentionDays));
}

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import type { ArchiveView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Fact, Facts } from "../../parts/fact.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Ago } from "../../parts/time.tsx";
import { ArchiveForm } from "./archive-form.tsx";
import { EditAndRemove } from "./edit-and-remove.tsx";
import { StartReplay } from "./start-replay.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";

/** An archive: what it keeps, how much that is, and what can be done with it. */
export function ArchiveDetails({ archive }: { readonly archive: ArchiveView }) {
  const { triggers: words } = useAroundText();
  const { archive: text } = words;
  const format = useFormat();
  const [isReplaying, setReplaying] = useState(false);
  const { arn, name } = archive;
  const call = <T,>(operation: string) =>
    callService<T>("events", operation, { ArchiveName: name }, regionOf(arn));
  const described = useQuery({
    // Not read again with all triggers, of which it may just have been deleted.
    queryKey: ["archive", arn],
    queryFn: () =>
      call<{ readonly EventCount: number; readonly SizeBytes: number }>("DescribeArchive"),
  });
  const remove = useTriggerChange(() => call("DeleteArchive"));
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Button look="primary" onPress={() => setReplaying(true)}>
          <History aria-hidden size={14} />
          {text.replay}
        </Button>
        <EditAndRemove
          name={name}
          hint={text.removeHint}
          form={(close) => <ArchiveForm archive={archive} onClose={close} />}
          remove={() => remove.mutateAsync()}
        />
      </div>
      {archive.description !== undefined && archive.description !== "" && (
        <p className="text-[13px] break-words">{archive.description}</p>
      )}
      <Facts>
        {described.data !== undefined && (
          <>
            <Fact name={text.events}>{format.number(described.data.EventCount)}</Fact>
            <Fact name={text.size}>{format.bytes(described.data.SizeBytes)}</Fact>
          </>
        )}
        <Fact name={text.since}>
          <Ago at={archive.createdAt} />
        </Fact>
      </Facts>
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

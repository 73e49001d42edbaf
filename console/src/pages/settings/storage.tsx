import { useQuery } from "@tanstack/react-query";
import { Database, HardDrive, MemoryStick } from "lucide-react";
import type { StorageView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { HealthFacts } from "../../parts/health.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Retention } from "./retention.tsx";

/** Our choice: how often it is looked at while the page is open. */
const askMs = 15_000;

/** Where what is durable is, whether the disk keeps up, how much it holds, and what retention comes to. */
export function Storage() {
  const query = useQuery({
    queryKey: keys.storage,
    queryFn: server.storage,
    refetchInterval: askMs,
  });
  return (
    <Read query={query}>
      {(storage) => (
        <div className="grid gap-x-8 gap-y-5 p-4 md:grid-cols-2">
          <Durability storage={storage} />
          <Parts parts={storage.parts} />
          {storage.retention !== undefined && <Retention estimate={storage.retention} />}
        </div>
      )}
    </Read>
  );
}

function Durability({
  storage: { dataDir, isShared, disk, commit },
}: {
  readonly storage: StorageView;
}) {
  const words = useText().settings.storage;
  const isDurable = isShared === true || dataDir !== undefined;
  const Icon = isShared ? Database : isDurable ? HardDrive : MemoryStick;
  const how = isShared ? words.inDatabase : isDurable ? words.durable : words.inMemory;
  return (
    <section>
      <h3 className="mb-1.5 text-[13px] font-semibold">{words.durability}</h3>
      <p className="mb-2 flex gap-2 text-[13px]">
        <Icon
          aria-hidden
          size={15}
          className={`mt-0.5 shrink-0 ${isDurable ? "text-ok" : "text-wait"}`}
        />
        <span>{how}</span>
      </p>
      <HealthFacts checks={[disk, commit].filter((check) => check !== undefined)} />
    </section>
  );
}

function Parts({ parts }: { readonly parts: StorageView["parts"] }) {
  const words = useText().settings.storage;
  const format = useFormat();
  const total = parts.reduce((sum, { bytes }) => sum + bytes, 0);
  return (
    <section>
      <h3 className="mb-1.5 text-[13px] font-semibold">{words.size}</h3>
      <dl>
        {parts.map(({ part, bytes }) => (
          <div
            key={part}
            className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 py-0.5 text-[13px]"
          >
            <dt className="truncate text-dim">{words.parts[part]}</dt>
            <dd className="text-right tabular-nums">{format.bytes(bytes)}</dd>
          </div>
        ))}
        <div className="mt-1 flex justify-between border-t border-line pt-1 text-[13px] font-medium">
          <dt>{words.total}</dt>
          <dd className="tabular-nums">{format.bytes(total)}</dd>
        </div>
      </dl>
    </section>
  );
}

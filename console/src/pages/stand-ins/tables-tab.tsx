import { useQuery } from "@tanstack/react-query";
import type { StandInsView, StandInTable } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { refetchMs } from "./refetch.ts";
import { Shown } from "./shown.tsx";
import { Teaching } from "./teaching.tsx";

/** Tables with their items. */
export function TablesTab({ view, ...state }: OpenState & { readonly view: StandInsView }) {
  const { standIns: text } = useText();
  const format = useFormat();
  if (view.tables.length === 0) return <Teaching tab="tables" />;
  return (
    <Card flush>
      <ul>
        {view.tables.map((table) => (
          <OpenRow
            key={table.arn}
            id={table.arn}
            name={table.name}
            note={`${table.region} · ${text.key(keyOf(table))}`}
            facts={
              <>
                {table.indexes.length > 0 && <span>{text.indexes(table.indexes.join(", "))}</span>}
                <span>{text.items(format.number(table.items))}</span>
                <span>{format.bytes(table.bytes)}</span>
              </>
            }
            {...state}
          >
            {() => <Items arn={table.arn} />}
          </OpenRow>
        ))}
      </ul>
    </Card>
  );
}

function keyOf({ partitionKey, sortKey }: StandInTable): string {
  return sortKey === undefined ? partitionKey : `${partitionKey}, ${sortKey}`;
}

function Items({ arn }: { readonly arn: string }) {
  const { standIns: text } = useText();
  const query = useQuery({
    queryKey: keys.standInContent(arn),
    queryFn: () => server.standInItems(arn),
    refetchInterval: refetchMs,
  });
  return (
    <Read query={query}>
      {(list) =>
        list.total === 0 ? (
          <p className="text-dim">{text.emptyTable}</p>
        ) : (
          <>
            <Shown list={list} />
            <ol className="flex flex-col gap-3">
              {list.shown.map(({ key, item }) => (
                <li key={key} className="min-w-0 rounded-lg border border-line bg-surface p-3">
                  <p className="mb-2 font-mono text-xs break-words">{key}</p>
                  <JsonView value={item} label={text.item} />
                </li>
              ))}
            </ol>
          </>
        )
      }
    </Read>
  );
}

import { Inbox } from "lucide-react";
import type { StandInsView } from "../../../../src/console/view-types.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Card } from "../../parts/layout.tsx";
import { Ago } from "../../parts/time.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Teaching } from "./teaching.tsx";

/** Topics with the queues that have subscribed. */
export function TopicsTab({ view, ...state }: OpenState & { readonly view: StandInsView }) {
  const { standIns: text } = useText();
  const format = useFormat();
  if (view.topics.length === 0) return <Teaching tab="topics" />;
  return (
    <Card flush>
      <ul>
        {view.topics.map(({ arn, name, region, published, lastPublishedAt, subscriptions }) => (
          <OpenRow
            key={arn}
            id={arn}
            name={name}
            note={region}
            facts={
              <>
                <span>{text.published(format.number(published))}</span>
                <span>{text.subscriptions(format.number(subscriptions.length))}</span>
                {lastPublishedAt !== undefined && <Ago at={lastPublishedAt} />}
              </>
            }
            {...state}
          >
            {() =>
              subscriptions.length === 0 ? (
                <p className="text-dim">{text.noSubscriptions}</p>
              ) : (
                <ul aria-label={text.delivers} className="flex flex-col gap-2">
                  {subscriptions.map((subscription) => (
                    <li
                      key={subscription.arn}
                      className="rounded-lg border border-line bg-surface p-3"
                    >
                      <span className="flex items-center gap-2">
                        <Inbox aria-hidden size={14} className="shrink-0 text-dim" />
                        <span className="min-w-0 break-words">{subscription.queueName}</span>
                      </span>
                      {subscription.filterPolicy !== undefined && (
                        <div className="mt-2">
                          <JsonView value={subscription.filterPolicy} label={text.filterPolicy} />
                        </div>
                      )}
                    </li>
                  ))}
                </ul>
              )
            }
          </OpenRow>
        ))}
      </ul>
    </Card>
  );
}

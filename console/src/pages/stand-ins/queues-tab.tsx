import { useQuery } from "@tanstack/react-query";
import { Clock3, Hourglass, Mail, type LucideIcon } from "lucide-react";
import type {
  StandInMessage,
  StandInQueue,
  StandInsView,
} from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Ago } from "../../parts/time.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Shown } from "./shown.tsx";
import { refetchMs } from "./refetch.ts";
import { Teaching } from "./teaching.tsx";

/** Queues with their messages. */
export function QueuesTab({ view, ...state }: OpenState & { readonly view: StandInsView }) {
  if (view.queues.length === 0) return <Teaching tab="queues" />;
  return (
    <Card flush>
      <ul>
        {view.queues.map((queue) => (
          <OpenRow
            key={queue.arn}
            id={queue.arn}
            name={queue.name}
            note={queue.region}
            facts={<Counts queue={queue} />}
            {...state}
          >
            {() => <Messages arn={queue.arn} />}
          </OpenRow>
        ))}
      </ul>
    </Card>
  );
}

function Counts({ queue }: { readonly queue: StandInQueue }) {
  const { standIns: text } = useText();
  const format = useFormat();
  const { waiting, inFlight, delayed, dropped } = queue;
  return (
    <>
      <span className={waiting > 0 ? "font-semibold text-wait" : ""}>
        {text.waiting(format.number(waiting))}
      </span>
      <span className={inFlight > 0 ? "font-semibold text-run" : ""}>
        {text.inFlight(format.number(inFlight))}
      </span>
      {delayed > 0 && <span>{text.delayed(format.number(delayed))}</span>}
      {dropped > 0 && <span className="text-fail">{text.dropped(format.number(dropped))}</span>}
    </>
  );
}

function Messages({ arn }: { readonly arn: string }) {
  const { standIns: text } = useText();
  const query = useQuery({
    queryKey: keys.standInContent(arn),
    queryFn: () => server.standInMessages(arn),
    refetchInterval: refetchMs,
  });
  return (
    <Read query={query}>
      {(list) =>
        list.total === 0 ? (
          <p className="text-dim">{text.emptyQueue}</p>
        ) : (
          <>
            <Shown list={list} />
            <ol className="flex flex-col gap-3">
              {list.shown.map((message) => (
                <Message key={message.id} message={message} />
              ))}
            </ol>
          </>
        )
      }
    </Read>
  );
}

const signs: Readonly<Record<StandInMessage["standing"], { Icon: LucideIcon; look: string }>> = {
  waiting: { Icon: Mail, look: "text-wait" },
  inFlight: { Icon: Hourglass, look: "text-run" },
  delayed: { Icon: Clock3, look: "text-dim" },
};

function Message({ message }: { readonly message: StandInMessage }) {
  const { standIns: text } = useText();
  const format = useFormat();
  const { Icon, look } = signs[message.standing];
  const attributes = Object.keys(message.attributes).length;
  return (
    <li className="rounded-lg border border-line bg-surface p-3">
      <p className="mb-2 flex flex-wrap items-center gap-x-4 gap-y-1 text-xs text-dim">
        <span className={`inline-flex items-center gap-1.5 font-semibold ${look}`}>
          <Icon aria-hidden size={13} />
          {text.standing[message.standing]}
        </span>
        <Ago at={message.sentAt} />
        {message.groupId !== undefined && <span>{text.group(message.groupId)}</span>}
        {message.receiveCount > 0 && (
          <span>{text.received(format.number(message.receiveCount))}</span>
        )}
      </p>
      <JsonView value={message.body} label={text.body} />
      {attributes > 0 && (
        <div className="mt-2">
          <JsonView value={JSON.stringify(message.attributes)} label={text.attributes} />
        </div>
      )}
    </li>
  );
}

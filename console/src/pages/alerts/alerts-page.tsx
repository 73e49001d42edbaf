import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Check, Circle, CircleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import type { AlarmView, AlertView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { usePageTitle } from "../../app/page-title.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { toneText, type Tone } from "../../parts/status.tsx";
import { executionsMeant } from "./executions-meant.ts";

/** The alerts of the configuration and the alarms of CloudWatch's API, and how they are. */
export function AlertsPage() {
  const text = useAroundText().alerts;
  usePageTitle(text.title);
  const query = useQuery({
    queryKey: keys.alerts,
    queryFn: () => server.alerts(),
    refetchInterval: 15_000,
  });
  return (
    <>
      <PageHead title={text.title} hint={text.hint} />
      <Read query={query}>
        {({ alerts, alarms }) =>
          alerts.length + alarms.length === 0 ? (
            <Card>
              <Empty title={text.none}>{text.noneHint}</Empty>
            </Card>
          ) : (
            <div className="flex flex-col gap-4">
              {alerts.length > 0 && (
                <Watched label={text.alerts}>
                  {alerts.map((alert) => (
                    <AlertRow key={alert.name} alert={alert} />
                  ))}
                </Watched>
              )}
              {alarms.length > 0 && (
                <Watched label={text.alarms}>
                  {alarms.map((alarm) => (
                    <AlarmRow key={`${alarm.region} ${alarm.name}`} alarm={alarm} />
                  ))}
                </Watched>
              )}
            </div>
          )
        }
      </Read>
    </>
  );
}

function AlertRow({ alert }: { readonly alert: AlertView }) {
  const text = useAroundText().alerts;
  const format = useFormat();
  const { name, when, workflow, isFiring, value } = alert;
  const meant = executionsMeant(alert);
  return (
    <WatchedRow
      name={name}
      says={
        <>
          {text.when[when](
            workflow ?? text.all,
            format.number(alert.above),
            format.number(alert.minutes),
          )}
          {isFiring && value !== undefined && when !== "noSuccess" && (
            <>
              {" · "}
              {text.read(
                when === "failureRate" ? `${format.number(value)} %` : format.number(value),
              )}
            </>
          )}
          {" · "}
          <Link to="/executions" search={meant} className="text-accent hover:underline">
            {text.executions}
          </Link>
        </>
      }
      state={isFiring ? "firing" : "quiet"}
      word={isFiring ? text.firing : text.quiet}
      since={alert.since}
    />
  );
}

const states = { OK: "quiet", ALARM: "firing", INSUFFICIENT_DATA: "unknown" } as const;

function AlarmRow({ alarm: { name, reason, state, since } }: { readonly alarm: AlarmView }) {
  const text = useAroundText().alerts;
  return (
    <WatchedRow
      name={name}
      says={reason}
      state={states[state]}
      word={text.alarmStates[state]}
      since={since}
    />
  );
}

function Watched({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Card title={label} flush>
      <ul aria-label={label}>{children}</ul>
    </Card>
  );
}

/** How something that is watched does is a sign, a word and a colour. */
const looks = {
  firing: { tone: "fail", Icon: CircleAlert },
  quiet: { tone: "ok", Icon: Check },
  unknown: { tone: "off", Icon: Circle },
} as const satisfies Readonly<Record<string, { readonly tone: Tone; readonly Icon: LucideIcon }>>;

function WatchedRow({
  name,
  says,
  state,
  word,
  since,
}: {
  readonly name: string;
  readonly says: ReactNode;
  readonly state: keyof typeof looks;
  readonly word: string;
  readonly since: number | undefined;
}) {
  const text = useAroundText().alerts;
  const format = useFormat();
  const { tone, Icon } = looks[state];
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2 last:border-0">
      <span className="min-w-0 grow basis-64 [overflow-wrap:anywhere]">
        <span className="block font-medium">{name}</span>
        <span className="block text-xs text-dim">{says}</span>
      </span>
      <span className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px]">
        <span
          className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${toneText[tone]}`}
        >
          <Icon aria-hidden size={14} className="shrink-0" />
          {word}
        </span>
        {since !== undefined && (
          <span className="text-dim tabular-nums">{text.since(format.dateTime(since))}</span>
        )}
      </span>
    </li>
  );
}

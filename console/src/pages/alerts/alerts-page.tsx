import { useQuery } from "@tanstack/react-query";
import type { AlarmView, AlertView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { toneText, type Tone } from "../../parts/status.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";

/** The alerts of the configuration and the alarms of CloudWatch's API, and how they are. */
export function AlertsPage() {
  const text = useAroundText().alerts;
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
              {alerts.length > 0 && <AlertsTable alerts={alerts} />}
              {alarms.length > 0 && <AlarmsTable alarms={alarms} />}
            </div>
          )
        }
      </Read>
    </>
  );
}

function AlertsTable({ alerts }: { readonly alerts: readonly AlertView[] }) {
  const text = useAroundText().alerts;
  const format = useFormat();
  return (
    <Card title={text.alerts} flush>
      <Table label={text.alerts}>
        <thead>
          <tr>
            <Head>{text.name}</Head>
            <Head>{text.condition}</Head>
            <Head>{text.state}</Head>
            <Head>{text.since}</Head>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr key={alert.name} className={rowLook}>
              <Cell className="font-medium">{alert.name}</Cell>
              <Cell>
                {text.when[alert.when](
                  alert.workflow ?? text.all,
                  format.number(alert.above),
                  format.number(alert.minutes),
                )}
              </Cell>
              <Cell>
                <State tone={alert.isFiring ? "fail" : "ok"}>
                  {alert.isFiring ? text.firing : text.quiet}
                </State>
              </Cell>
              <Cell>{alert.since === undefined ? "" : format.dateTime(alert.since)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

const tones: Readonly<Record<AlarmView["state"], Tone>> = {
  OK: "ok",
  ALARM: "fail",
  INSUFFICIENT_DATA: "off",
};

function AlarmsTable({ alarms }: { readonly alarms: readonly AlarmView[] }) {
  const text = useAroundText().alerts;
  const format = useFormat();
  return (
    <Card title={text.alarms} flush>
      <Table label={text.alarms}>
        <thead>
          <tr>
            <Head>{text.name}</Head>
            <Head>{text.reason}</Head>
            <Head>{text.state}</Head>
            <Head>{text.since}</Head>
          </tr>
        </thead>
        <tbody>
          {alarms.map((alarm) => (
            <tr key={`${alarm.region} ${alarm.name}`} className={rowLook}>
              <Cell className="font-medium">{alarm.name}</Cell>
              <Cell className="max-w-96 truncate">{alarm.reason}</Cell>
              <Cell>
                <State tone={tones[alarm.state]}>{text.alarmStates[alarm.state]}</State>
              </Cell>
              <Cell>{format.dateTime(alarm.since)}</Cell>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

function State({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return <span className={`font-medium ${toneText[tone]}`}>{children}</span>;
}

import { useQuery } from "@tanstack/react-query";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { useText } from "../../i18n/language.tsx";
import { Card, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Appearance } from "./appearance.tsx";
import { CallTargets } from "./call-targets.tsx";
import { LimitsTable } from "./limits-table.tsx";
import { Notices } from "./notices-list.tsx";
import { ThisServer } from "./this-server.tsx";

/** How this server was started, and how the console is shown here. */
export function SettingsPage() {
  useLive({ executions: false });
  const text = useText();
  const about = useQuery({ queryKey: keys.about, queryFn: server.about, staleTime: 60_000 });
  return (
    <>
      <PageHead title={text.settings.title} hint={text.settings.hint} />
      <div className="grid max-w-6xl items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={text.settings.server}>
            <Read query={about}>{(data) => <ThisServer about={data} />}</Read>
          </Card>
          <Card title={text.settings.targets} flush>
            <CallTargets />
          </Card>
          <Card title={text.settings.limits} flush>
            <Read query={about}>{(data) => <LimitsTable about={data} />}</Read>
          </Card>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={text.settings.appearance}>
            <Appearance />
          </Card>
          <Card title={text.settings.notices} flush>
            <Notices />
          </Card>
        </div>
      </div>
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useLocation } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { useText } from "../../i18n/language.tsx";
import { Card, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Appearance } from "./appearance.tsx";
import { CallTargets } from "./call-targets.tsx";
import { Cluster } from "./cluster.tsx";
import { Diagnostics } from "./diagnostics.tsx";
import { LimitsTable } from "./limits-table.tsx";
import { Notices } from "./notices-list.tsx";
import { Storage } from "./storage.tsx";
import { ThisServer } from "./this-server.tsx";

/** What somebody does before the page scrolls by them. */
const scrolling = ["wheel", "touchmove", "keydown", "pointerdown"] as const;

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
          {about.data?.isNode === true && (
            <Place id="cluster">
              <Card title={text.settings.cluster.title} flush>
                <Cluster />
              </Card>
            </Place>
          )}
          <Place id="storage">
            <Card title={text.settings.storage.title} flush>
              <Storage />
            </Card>
          </Place>
          <Card title={text.settings.targets} flush>
            <CallTargets />
          </Card>
          <Place id="limits">
            <Card title={text.settings.limits} flush>
              <Read query={about}>{(data) => <LimitsTable about={data} />}</Read>
            </Card>
          </Place>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Card title={text.settings.appearance}>
            <Appearance />
          </Card>
          <Card title={text.settings.diagnostics.title}>
            <Diagnostics />
          </Card>
          <Card title={text.settings.notices} flush>
            <Notices />
          </Card>
        </div>
      </div>
    </>
  );
}

/** A part that a link can lead to: what stands above it may come later than the link does. */
function Place({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const { hash } = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const isMeant = hash === id;
  useEffect(() => {
    const element = box.current;
    if (!isMeant || element === null) return undefined;
    const show = () => element.scrollIntoView({ block: "start" });
    // Until somebody scrolls, it stays where it was led to.
    const observer = new ResizeObserver(show);
    observer.observe(document.body);
    const stop = () => observer.disconnect();
    for (const type of scrolling) addEventListener(type, stop, { once: true });
    show();
    return () => {
      stop();
      for (const type of scrolling) removeEventListener(type, stop);
    };
  }, [isMeant]);
  return (
    <div ref={box} id={id} className="scroll-mt-16">
      {children}
    </div>
  );
}

import { useSearch } from "@tanstack/react-router";
import type { HomeView, TimeWindow } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { windowOf } from "../../parts/window-search.ts";
import { Failing } from "./failing.tsx";
import { FirstRun } from "./first-run.tsx";
import { Health } from "./health.tsx";
import { NearLimits } from "./near-limits.tsx";
import { RecentExecutions } from "./recent-executions.tsx";
import { RecentWorkflows } from "./recent-workflows.tsx";
import { Stuck } from "./stuck.tsx";
import { Throughput } from "./throughput.tsx";
import { useHome } from "./use-home.ts";
import { WaitingForPeople } from "./waiting-for-people.tsx";

/** What needs somebody first, then how it goes. */
export function HomePage() {
  const text = useText();
  const window = windowOf(useSearch({ from: "/" }));
  const home = useHome(window);
  return (
    <Read query={home}>
      {(view) =>
        view.isEmpty ? (
          <FirstRun workflows={view.workflows} />
        ) : (
          <>
            <PageHead title={text.home.title} hint={text.home.hint} />
            <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-4">
              <div className="min-w-0 lg:col-span-2 xl:row-span-2">
                <Failing groups={view.failing} ofHour={view.failingInLastHour} />
              </div>
              <WaitingForPeople approvals={view.waiting} />
              <Stuck rows={view.stuck} />
              <NearLimits rows={view.nearLimits} />
              <Health />
            </div>
            <HowItWent view={view} window={window} />
          </>
        )
      }
    </Read>
  );
}

/** The last 24 hours, or the window of them that was chosen. */
function HowItWent({
  view,
  window,
}: {
  readonly view: HomeView;
  readonly window: TimeWindow | undefined;
}) {
  return (
    <div className="mt-4 grid gap-4 xl:grid-cols-2">
      <div className="min-w-0 xl:col-span-2">
        <Throughput counts={view.counts} bars={view.histogram} window={window} />
      </div>
      {window !== undefined && view.failures !== undefined && view.failures.length > 0 && (
        <div className="min-w-0 xl:col-span-2">
          <Failing groups={view.failures} window={window} />
        </div>
      )}
      <RecentWorkflows rows={view.workflows} isWindow={window !== undefined} />
      <RecentExecutions rows={view.recent} window={window} />
    </div>
  );
}

import { useText } from "../../i18n/language.tsx";
import { PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Activity } from "./activity.tsx";
import { Failing } from "./failing.tsx";
import { FirstRun } from "./first-run.tsx";
import { RecentExecutions } from "./recent-executions.tsx";
import { RecentWorkflows } from "./recent-workflows.tsx";
import { Stuck } from "./stuck.tsx";
import { useHome } from "./use-home.ts";
import { WaitingForPeople } from "./waiting-for-people.tsx";

/** What needs somebody first, then how it goes. */
export function HomePage() {
  const text = useText();
  const { home, errorsOfHour } = useHome();
  return (
    <Read query={home}>
      {(view) =>
        view.recent.length === 0 ? (
          <FirstRun workflows={view.workflows} />
        ) : (
          <>
            <PageHead title={text.home.title} hint={text.home.hint} />
            <div className="grid gap-4 lg:grid-cols-2 xl:grid-cols-4">
              <div className="min-w-0 lg:col-span-2">
                <Failing groups={view.failing} ofHour={errorsOfHour} />
              </div>
              <WaitingForPeople approvals={view.waiting} />
              <Stuck rows={view.stuck} />
            </div>
            <div className="mt-4">
              <Activity counts={view.counts} bars={view.histogram} />
            </div>
            <div className="mt-4 grid gap-4 xl:grid-cols-2">
              <RecentWorkflows rows={view.workflows} />
              <RecentExecutions rows={view.recent} />
            </div>
          </>
        )
      }
    </Read>
  );
}

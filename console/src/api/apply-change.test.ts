import fc from "fast-check";
import { expect, test } from "vitest";
import { executionChange, executionView } from "../../../src/console/execution/execution-views.ts";
import type { LiveExecution } from "../../../src/console/execution/live-executions.ts";
import type { ExecutionView, RunStatus, VisitPage } from "../../../src/console/view-types.ts";
import { foldOf, visitsOf } from "../../../test/console/fold.ts";
import { startOfTime, type Drive } from "../../../test/machine/drive.ts";
import { runs, started, step } from "../../../test/machine/random-machines.ts";
import { changedView, changedVisits } from "./apply-change.ts";

/** What a page shows, and what it was last told up to. */
interface Shown {
  readonly view: ExecutionView;
  readonly page: VisitPage;
}

/** As `play`, but stops and redrives happen, too; answers how many events there were after each activation. */
function driven(definition: object, choices: readonly number[]) {
  const run = started(definition);
  const ends = [run.journal.length];
  let redrives = 0;
  const redriveCounts = [0];
  for (const choice of choices) {
    if (run.snapshot.status === "SUCCEEDED") break;
    if (run.snapshot.status !== "RUNNING") {
      run.when({ type: "Redriven" });
      redrives++;
    } else if (choice % 41 === 0) run.when({ type: "StopRequested" });
    else step(run, choice);
    run.now += choice % 13;
    ends.push(run.journal.length);
    redriveCounts.push(redrives);
  }
  return { run, ends, redriveCounts };
}

function liveAt(run: Drive, end: number, redriveCount: number): LiveExecution {
  const fold = foldOf(run.journal.slice(0, end));
  const { status, stoppedAt } = fold.snapshot;
  const record = {
    executionArn: "arn:aws:states:us-east-1:000000000000:execution:Test:run",
    stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:Test",
    revisionId: "r",
    name: "run",
    status: status as RunStatus,
    startDate: startOfTime,
    ...(stoppedAt !== 0 && { stopDate: stoppedAt }),
    ...(redriveCount > 0 && { redriveCount, redriveDate: startOfTime + redriveCount }),
  };
  return { record, type: "STANDARD", fold, isTruncated: false } as LiveExecution;
}

const now = startOfTime + 3_600_000;

const read = (live: LiveExecution): Shown => {
  const visits = visitsOf(live.fold);
  return { view: executionView(live, "{}", now), page: { visits, total: visits.length } };
};

/** In which order nodes and edges come says nothing. */
const sorted = ({ view, page }: Shown) => ({
  page,
  view: {
    ...view,
    nodes: view.nodes.toSorted((a, b) => (a.key < b.key ? -1 : 1)),
    edges: view.edges.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
  },
});

test("changes that are told, told again or left out at a cut leave what reading anew shows", () => {
  fc.assert(
    fc.property(
      runs,
      fc.array(fc.tuple(fc.nat(9), fc.constantFrom("tell", "tell twice", "cut", "late")), {
        minLength: 1,
        maxLength: 12,
      }),
      ([definition, choices], happenings) => {
        const { run, ends, redriveCounts } = driven(definition, choices);
        const at = (moment: number) => liveAt(run, ends[moment] ?? 0, redriveCounts[moment] ?? 0);
        let moment = 0;
        let shown = read(at(0));
        let told = shown.view.lastEventId;
        const tell = (live: LiveExecution, since: number) => {
          const change = executionChange(live, since, now);
          shown = {
            view: changedView(shown.view, change),
            page: changedVisits(shown.page, change),
          };
        };
        for (const [by, what] of [...happenings, [ends.length, "tell"] as const]) {
          const before = moment;
          moment = Math.min(ends.length - 1, moment + by);
          const live = at(moment);
          if (what === "cut") {
            // The stream begins anew with what the page has come to, which it then reads anew.
            shown = read(live);
            tell(live, told);
          } else {
            tell(live, told);
            if (what === "tell twice") tell(live, told);
            // Reading anew was faster than what was told before.
            if (what === "late") {
              shown = { ...shown, view: read(live).view };
              const change = executionChange(at(before), 0, now);
              shown = { ...shown, view: changedView(shown.view, change) };
            }
          }
          told = live.fold.lastEventId;
          expect(sorted(shown)).toEqual(sorted(read(live)));
        }
      },
    ),
    { numRuns: 200 },
  );
});

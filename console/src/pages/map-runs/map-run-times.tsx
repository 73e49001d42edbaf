import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import type { MapRunTimesView, MapRunView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Card } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { DurationHistogram, type DurationRange } from "./duration-histogram.tsx";
import { SlowestItems } from "./slowest-items.tsx";
import { ThroughputChart } from "./throughput-chart.tsx";

/** Reading it goes through all children: less often than the grid. */
const liveMs = 2_000;

function useMapRunTimes({ mapRunArn, status }: MapRunView): UseQueryResult<MapRunTimesView> {
  return useQuery({
    // Of a run that has ended or begins again it is read anew.
    queryKey: [...keys.mapRunTimes(mapRunArn), status],
    queryFn: () => server.mapRunTimes(mapRunArn),
    refetchInterval: status === "RUNNING" ? liveMs : false,
  });
}

/** How long the items took, and how fast they went through. */
export function MapRunTimes({
  run,
  range,
  onRange,
}: {
  readonly run: MapRunView;
  /** The durations that the items are filtered by. */
  readonly range: DurationRange | undefined;
  readonly onRange: (range: DurationRange | undefined) => void;
}) {
  const { mapRuns: text } = useText();
  const query = useMapRunTimes(run);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card title={text.durations}>
        <Read query={query}>
          {(times) => <DurationHistogram times={times} range={range} onRange={onRange} />}
        </Read>
      </Card>
      <Card title={text.throughput}>
        <Read query={query}>{(times) => <ThroughputChart moments={times.throughput} />}</Read>
      </Card>
    </div>
  );
}

/** The items that took longest. */
export function SlowestCard({
  run,
  onPick,
}: {
  readonly run: MapRunView;
  readonly onPick: (index: number) => void;
}) {
  const { mapRuns: text } = useText();
  const query = useMapRunTimes(run);
  return (
    <Card title={text.slowest} flush>
      <Read query={query}>{(times) => <SlowestItems times={times} onPick={onPick} />}</Read>
    </Card>
  );
}

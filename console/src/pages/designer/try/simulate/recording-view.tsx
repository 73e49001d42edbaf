import { useCallback, useEffect, useMemo, useState } from "react";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import type { NodeKey } from "../../../../graph/model.ts";
import { EventSourceContext, type EventSource } from "../../../execution/event-source.ts";
import { stateAt } from "../../../execution/handling.ts";
import { Inspector } from "../../../execution/inspector.tsx";
import { momentOf } from "../../../execution/panes/run-moment.ts";
import { RunTree } from "../../../execution/panes/run-tree.tsx";
import { Scrubber } from "../../../execution/panes/scrubber.tsx";
import type { Visits } from "../../../execution/panes/use-visits.ts";
import { useDesigner, useDesignerView } from "../../use-designer.ts";
import { useTryStore, useTryView } from "../try-store.ts";
import { Breakpoints } from "./breakpoints.tsx";
import type { Recording } from "./recording.ts";
import { StepButtons } from "./step-buttons.tsx";
import { visitAt } from "./steps.ts";

/** A recording at a moment: its steps, the states that were entered, and the data of the one that is looked at. */
export function RecordingView({ recording }: { readonly recording: Recording }) {
  const texts = useDesignerText().trying;
  const text = texts.simulate;
  const { store: designer } = useDesigner();
  const tried = useTryStore();
  const at = useTryView((view) => view.at);
  const { run, definition } = recording;
  const { view, visits } = run;
  const { lastEventId } = view;
  const shown = useMemo(
    () => (at === undefined ? visits : momentOf(visits, at, lastEventId)),
    [visits, at, lastEventId],
  );
  const [chosen, setChosen] = useState<number>();
  const [tab, setTab] = useState<string>();
  const selected = useDesignerView(({ selected: [key] }) => key);
  const current = visitAt(visits, at ?? lastEventId);
  const visit =
    shown.find(({ id }) => id === chosen) ??
    shown.findLast(({ key }) => key === selected) ??
    shown.find(({ id }) => id === current?.id);
  const go = useCallback(
    (eventId: number) => {
      const next = eventId >= lastEventId ? undefined : Math.max(1, eventId);
      tried.set({ at: next });
      // Who steps looks at the state where they are.
      setChosen(undefined);
      const there = visitAt(visits, next ?? lastEventId);
      if (there !== undefined) designer.select([there.key]);
    },
    [tried, designer, visits, lastEventId],
  );
  const choose = (id: number) => {
    setChosen(id);
    const key = shown.find((each) => each.id === id)?.key;
    if (key !== undefined) designer.select([key]);
  };
  // Another state that was selected on the graph is looked at in its newest visit.
  useEffect(
    () => setChosen((id) => (keyOf(shown, id) === selected ? id : undefined)),
    [selected, shown],
  );
  const graph = useMemo(() => JSON.parse(definition) as unknown, [definition]);
  const source = useMemo(() => sourceOf(recording), [recording]);
  const read = useMemo((): Visits => ({ ...allRead, visits, total: visits.length }), [visits]);
  const name = visit?.name ?? selected?.slice(selected.lastIndexOf("/") + 1);
  return (
    <EventSourceContext value={source}>
      <div className="flex h-full min-h-0 flex-col">
        <div className="flex shrink-0 flex-wrap items-center gap-x-2 border-b border-line">
          <StepButtons
            recorded={{ visits, lastEventId }}
            at={at ?? lastEventId}
            onGo={go}
            selected={selected}
          />
          <div className="min-w-56 grow">
            <Scrubber
              lastEventId={lastEventId}
              at={at}
              onChange={(moment: number | undefined) => go(moment ?? lastEventId)}
              visits={visits}
              startDate={view.startDate}
              stopDate={view.stopDate}
              isLive={false}
            />
          </div>
        </div>
        <div className="grid min-h-0 grow grid-rows-1 max-md:block max-md:overflow-auto md:grid-cols-[minmax(15rem,22rem)_minmax(0,1fr)]">
          <div className="flex min-h-0 flex-col border-line max-md:h-72 max-md:border-b md:border-r">
            <div className="min-h-0 grow overflow-hidden">
              <RunTree
                visits={shown}
                selected={visit?.id}
                onSelect={choose}
                now={view.stopDate ?? view.startDate}
                startDate={view.startDate}
                stopDate={view.stopDate}
                at={at}
              />
            </div>
            <Breakpoints />
          </div>
          <section aria-label={text.state} className="min-h-0 min-w-0 overflow-auto">
            <Inspector
              view={view}
              visit={visit}
              visits={shown.filter(({ key }) => key === visit?.key)}
              shown={shown}
              read={read}
              name={name}
              state={stateAt(graph, visit?.key ?? selected ?? "")}
              tab={tab}
              onTab={setTab}
              onSelect={choose}
            />
          </section>
        </div>
      </div>
    </EventSourceContext>
  );
}

const allRead = {
  isLoading: false,
  error: null,
  hasMore: false,
  isLoadingMore: false,
  loadMore: () => undefined,
};

function keyOf(visits: Visits["visits"], id: number | undefined): NodeKey | undefined {
  return visits.find((each) => each.id === id)?.key;
}

/** The recording's events, read as the server's are. */
function sourceOf({ run: { events } }: Recording): EventSource {
  return {
    isFile: true,
    hasDefinition: true,
    events: (_arn, { from, limit }) => {
      const first = events.findIndex(({ id }) => id >= from);
      const page = first < 0 ? [] : events.slice(first, first + limit);
      return Promise.resolve({ events: page, more: first >= 0 && first + limit < events.length });
    },
  };
}

import { useMutation } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { graphIndex } from "../../../../designer/edits/graph-index.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Problem } from "../../../../parts/field.tsx";
import { Empty, Loading } from "../../../../parts/layout.tsx";
import { useDesigner, useDesignerView } from "../../use-designer.ts";
import { questionMocks } from "../cases/first-answer.ts";
import { draftOf } from "../cases/mock-draft.ts";
import { definitionJson, newestDefinition } from "../definition-json.ts";
import { useTryStore, useTryView } from "../try-store.ts";
import { FailedChildren } from "./failed-children.tsx";
import type { Recording } from "./recording.ts";
import { RecordingView } from "./recording-view.tsx";
import { isRunnable, runSimulation } from "./run-simulation.ts";
import { SetupForm } from "./setup-form.tsx";
import { SimulateBar } from "./simulate-bar.tsx";
import { newSimulation } from "./simulation-setup.ts";
import { samePlace } from "./steps.ts";

/** Runs the whole definition with mocks, and goes through the recording. */
export function SimulatePanel() {
  const text = useDesignerText().trying;
  const { store, workflow, settings } = useDesigner();
  const tried = useTryStore();
  const document = useDesignerView((view) => view.readable);
  const isUnreadable = useDesignerView((view) => view.document !== view.readable);
  const given = useTryView((view) => view.simulation);
  const setup = useMemo(
    () =>
      given === newSimulation
        ? { ...newSimulation, mocks: draftOf(questionMocks(graphIndex(document))) }
        : given,
    [given, document],
  );
  const recording = useTryView((view) => view.recording);
  const [part, setPart] = useState<"setup" | "run">(recording === undefined ? "setup" : "run");
  const simulate = useMutation({
    mutationFn: () => runSimulation(setup, newestDefinition(store), workflow, settings.settings),
    onSuccess(next) {
      const { recording: before, at } = tried.view;
      const kept =
        before === undefined || at === undefined
          ? undefined
          : samePlace(recordedOf(before.run), at, recordedOf(next.run));
      tried.set({
        recording: next,
        at: kept === undefined || kept >= next.run.view.lastEventId ? undefined : kept,
      });
      setPart("run");
    },
  });
  const isAllowed = !isUnreadable && isRunnable(setup) && !simulate.isPending;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <SimulateBar
        part={part}
        onPart={setPart}
        recording={recording}
        isAllowed={isAllowed}
        isChanged={recording !== undefined && recording.definition !== definitionJson(document)}
        onRun={() => isAllowed && simulate.mutate()}
      />
      {isUnreadable && <p className="px-3 py-1.5 text-xs text-wait">{text.unreadable}</p>}
      {simulate.isError && (
        <div className="p-3">
          <Problem error={simulate.error} />
        </div>
      )}
      {recording !== undefined && <FailedChildren failed={recording.simulated.children.failed} />}
      <div className="min-h-0 grow overflow-auto md:overflow-hidden">
        {part === "setup" ? (
          <SetupForm
            setup={setup}
            recording={recording}
            onChange={(change) => {
              const { simulation } = tried.view;
              const before = simulation === newSimulation ? setup : simulation;
              tried.set({ simulation: { ...before, ...change } });
            }}
            onRun={() => isAllowed && simulate.mutate()}
          />
        ) : simulate.isPending && recording === undefined ? (
          <Loading />
        ) : recording === undefined ? (
          <Empty title={text.simulate.none} />
        ) : (
          <RecordingView recording={recording} />
        )}
      </div>
    </div>
  );
}

/** A run as its steps are gone through. */
function recordedOf({ visits, view }: Recording["run"]) {
  return { visits, lastEventId: view.lastEventId };
}

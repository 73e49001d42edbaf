import { useEffect, useMemo, useState } from "react";
import { compareDefinitions, type DefinitionChanges } from "../compare-definitions.ts";
import type { GraphLayout } from "../layout.ts";
import { graphModel, type GraphModel } from "../model.ts";
import type { LayoutAnswer, LayoutRequest } from "./layout-messages.ts";

/** A definition as a graph; the layout comes when it has been made. */
export interface LaidOutGraph {
  readonly model: GraphModel;
  /** What is not as it was before; absent: there is nothing to compare with. */
  readonly changes: DefinitionChanges | undefined;
  readonly layout: GraphLayout | undefined;
  /** Why there is no layout. */
  readonly problem: string | undefined;
}

let worker: Worker | undefined;
let newest = 0;
const waiting = new Map<number, (answer: LayoutAnswer) => void>();

/** Lays a definition out in the worker. */
export function layoutOf(
  definition: unknown,
  before: unknown,
  maxElkNodes?: number,
): Promise<LayoutAnswer> {
  if (worker === undefined) {
    worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    });
  }
  const id = ++newest;
  const answered = new Promise<LayoutAnswer>((resolve) => waiting.set(id, resolve));
  worker.postMessage({
    id,
    definition,
    before,
    ...(maxElkNodes !== undefined && { maxElkNodes }),
  } satisfies LayoutRequest);
  return answered;
}

/** Lays a definition out in a worker, with an earlier one if there is one; what is no JSON has the graph of nothing. */
export function useLayout(definition: string, before?: string): LaidOutGraph {
  const parsed = useMemo(() => parse(definition), [definition]);
  const earlier = useMemo(() => (before === undefined ? undefined : parse(before)), [before]);
  const changes = useMemo(
    () => (earlier === undefined ? undefined : compareDefinitions(earlier, parsed)),
    [earlier, parsed],
  );
  const model = useMemo(() => changes?.model ?? graphModel(parsed), [changes, parsed]);
  const [answer, setAnswer] = useState<{ readonly of: GraphModel; readonly made: LayoutAnswer }>();
  useEffect(() => {
    let isWanted = true;
    void layoutOf(parsed, earlier).then((made) => {
      if (isWanted) setAnswer({ of: model, made });
    });
    return () => {
      isWanted = false;
    };
  }, [parsed, earlier, model]);
  const made = answer !== undefined && answer.of === model ? answer.made : undefined;
  return {
    model,
    changes,
    layout: made !== undefined && "layout" in made ? made.layout : undefined,
    problem: made !== undefined && "problem" in made ? made.problem : undefined,
  };
}

function parse(definition: string): unknown {
  try {
    return JSON.parse(definition) as unknown;
  } catch {
    return {};
  }
}

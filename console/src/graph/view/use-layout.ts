import { useEffect, useMemo, useState } from "react";
import type { GraphLayout } from "../layout.ts";
import { graphModel, type GraphModel } from "../model.ts";
import type { LayoutAnswer, LayoutRequest } from "./layout-messages.ts";

/** A definition as a graph; the layout comes when it has been made. */
export interface LaidOutGraph {
  readonly model: GraphModel;
  readonly layout: GraphLayout | undefined;
  /** Why there is no layout. */
  readonly problem: string | undefined;
}

let worker: Worker | undefined;
let newest = 0;
const waiting = new Map<number, (answer: LayoutAnswer) => void>();

function layoutOf(definition: unknown): Promise<LayoutAnswer> {
  if (worker === undefined) {
    worker = new Worker(new URL("./layout.worker.ts", import.meta.url), { type: "module" });
    worker.addEventListener("message", ({ data }: MessageEvent<LayoutAnswer>) => {
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    });
  }
  const id = ++newest;
  const answered = new Promise<LayoutAnswer>((resolve) => waiting.set(id, resolve));
  worker.postMessage({ id, definition } satisfies LayoutRequest);
  return answered;
}

/** Lays a definition out in a worker; what is no JSON has the graph of nothing. */
export function useLayout(definition: string): LaidOutGraph {
  const parsed = useMemo(() => parse(definition), [definition]);
  const model = useMemo(() => graphModel(parsed), [parsed]);
  const [answer, setAnswer] = useState<{ readonly of: unknown; readonly made: LayoutAnswer }>();
  useEffect(() => {
    let isWanted = true;
    void layoutOf(parsed).then((made) => {
      if (isWanted) setAnswer({ of: parsed, made });
    });
    return () => {
      isWanted = false;
    };
  }, [parsed]);
  const made = answer !== undefined && answer.of === parsed ? answer.made : undefined;
  return {
    model,
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

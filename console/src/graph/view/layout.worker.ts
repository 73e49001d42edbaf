import ELK from "elkjs/lib/elk-api.js";
import elkWorkerUrl from "elkjs/lib/elk-worker.min.js?url";
import { compareDefinitions } from "../compare-definitions.ts";
import { layoutGraph } from "../layout.ts";
import { graphModel } from "../model.ts";
import type { LayoutAnswer, LayoutRequest } from "./layout-messages.ts";

/** ELK works in a thread of its own below this one: while it does, a smaller definition can be answered. */
let elk: Promise<InstanceType<typeof ELK>> | undefined;

function loadElk(): Promise<InstanceType<typeof ELK>> {
  elk ??= Promise.resolve(new ELK({ workerFactory: () => new Worker(elkWorkerUrl) }));
  return elk;
}

self.addEventListener("message", ({ data }: MessageEvent<LayoutRequest>) => {
  const { id, definition, before, maxElkNodes } = data;
  const model =
    before === undefined ? graphModel(definition) : compareDefinitions(before, definition).model;
  layoutGraph(model, { elk: loadElk, ...(maxElkNodes !== undefined && { maxElkNodes }) }).then(
    (layout) => self.postMessage({ id, layout } satisfies LayoutAnswer),
    (error: unknown) => self.postMessage({ id, problem: String(error) } satisfies LayoutAnswer),
  );
});

import { useSearch } from "@tanstack/react-router";
import { useEffect, useEffectEvent } from "react";
import { graphIndex } from "../../../../designer/edits/graph-index.ts";
import { designerSearch } from "../../designer-search.ts";
import { useDesigner } from "../../use-designer.ts";
import { dataOfExecution } from "./pin-sources.ts";

/** An address that names a state opens with it selected, and one that names an execution with its data there pinned. */
export function useOpenedAt(): void {
  const { store, pinned } = useDesigner();
  const { state, run } = designerSearch(useSearch({ strict: false }));
  const open = useEffectEvent((key: string, executionArn: string | undefined) => {
    if (!graphIndex(store.view.readable).states.has(key)) return;
    store.select([key]);
    if (executionArn === undefined) return;
    const { source } = pinned.get(key) ?? {};
    if (source?.from === "execution" && source.executionArn === executionArn) return;
    void dataOfExecution(executionArn, key)
      .then((found) => {
        if (found !== undefined) pinned.pin(key, found);
      })
      // The execution is gone, or was never of this server: there is nothing to pin.
      .catch(() => undefined);
  });
  useEffect(() => {
    if (state !== undefined) open(state, run);
  }, [state, run]);
}

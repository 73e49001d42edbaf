import { useEffect, useMemo, useState } from "react";
import type { StateEntry } from "../../../designer/edits/graph-index.ts";
import { movedSet } from "../../../designer/edits/key-moves.ts";
import type { NodeKey } from "../../../graph/model.ts";
import type { DesignerStore } from "../designer-store.ts";
import type { CanvasCommands } from "./canvas-commands.ts";

/** The containers that are collapsed. One with a selected state in it is open, whoever has selected that. */
export function useCollapsed(
  store: DesignerStore,
  selected: readonly NodeKey[],
  commands: CanvasCommands,
) {
  const [closed, setClosed] = useState<ReadonlySet<NodeKey>>(new Set());
  useEffect(() => store.onMoved((moves) => setClosed((keys) => movedSet(keys, moves))), [store]);
  const opened = useMemo(() => {
    const around = selected.flatMap((key) => holdersOf(commands.index.states.get(key)));
    return around.filter((key) => closed.has(key)).join("\n");
  }, [selected, closed, commands]);
  const collapsed = useMemo(() => {
    const open = new Set(opened.split("\n"));
    return new Set([...closed].filter((key) => !open.has(key)));
  }, [closed, opened]);
  const turn = (key: NodeKey): void => {
    const next = new Set(collapsed);
    if (!next.delete(key)) next.add(key);
    setClosed(next);
  };
  return { collapsed, turn };
}

function holdersOf(state: StateEntry | undefined): readonly NodeKey[] {
  const keys: NodeKey[] = [];
  for (let each = state?.scope.holder; each !== undefined; each = each.scope.holder)
    keys.push(each.key);
  return keys;
}

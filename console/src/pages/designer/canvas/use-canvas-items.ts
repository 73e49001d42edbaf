import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { server } from "../../../api/client.ts";
import { designer } from "../../../api/designer.ts";
import { keys } from "../../../api/keys.ts";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { useDesigner } from "../use-designer.ts";
import type { CanvasItem } from "./canvas-item.ts";
import { actionItems, patternItems, workflowItems } from "./catalogue-items.ts";

export interface CanvasItems {
  readonly all: readonly CanvasItem[];
  readonly isLoading: boolean;
  readonly hasFailed: boolean;
}

/** Everything that can be put onto the canvas: templates at once, the catalogue and the workflows when they have come. */
export function useCanvasItems(): CanvasItems {
  const text = useDesignerText().canvas;
  const own = useDesigner().workflow.machine?.stateMachineArn;
  const catalogue = useQuery({
    queryKey: ["designer", "actions"],
    queryFn: designer.actions,
    staleTime: Infinity,
  });
  const workflows = useQuery({ queryKey: keys.workflows, queryFn: server.workflows });
  return useMemo(
    () => ({
      all: [
        ...patternItems(text),
        ...workflowItems(workflows.data ?? [], own, text),
        ...(catalogue.data === undefined ? [] : actionItems(catalogue.data, text)),
      ],
      isLoading: catalogue.isPending,
      hasFailed: catalogue.isError,
    }),
    [text, own, workflows.data, catalogue.data, catalogue.isPending, catalogue.isError],
  );
}

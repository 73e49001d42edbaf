import { FlaskConical } from "lucide-react";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import type { DesignerSearch } from "../designer-search.ts";
import { useDesignerView } from "../use-designer.ts";
import { toolOf, type TryTool } from "./try-tool.ts";

/** Opens what the workflow is tried with, and closes it. */
export function TryButton({
  search,
  onSearch,
}: {
  readonly search: DesignerSearch;
  readonly onSearch: (change: Partial<DesignerSearch>) => void;
}) {
  const text = useDesignerText().trying;
  const hasSelected = useDesignerView((view) => view.selected.length > 0);
  const isOpen = toolOf(search.tool) !== undefined;
  const first: TryTool = hasSelected ? "test" : "simulate";
  return (
    <Button aria-expanded={isOpen} onPress={() => onSearch({ tool: isOpen ? undefined : first })}>
      <FlaskConical aria-hidden size={14} />
      {text.drawer}
    </Button>
  );
}

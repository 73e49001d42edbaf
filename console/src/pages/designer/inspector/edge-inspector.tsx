import { ArrowRight, Plus, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { answered } from "../../../designer/edits/draft.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { nameOf, wayAt, type Way } from "../../../designer/edits/ways.ts";
import { graphModel } from "../../../graph/model.ts";
import { useDesignerText, type DesignerCatalogue } from "../../../i18n/designer/texts.ts";
import { Button } from "../../../parts/button.tsx";
import { CanvasCommands } from "../canvas/canvas-commands.ts";
import { pressInsertPoint } from "../canvas/insert-buttons.tsx";
import { FieldFrame } from "../expressions/field-frame.tsx";
import { useDesigner, useDesignerView } from "../use-designer.ts";
import { TargetSelect } from "./fields/target-field.tsx";
import { WorkflowInspector } from "./workflow-inspector.tsx";

/** The way that is selected: where it leads from and to, what of the state it belongs to, and what can be done with it. */
export function EdgeInspector({ edge }: { readonly edge: string }) {
  const all = useDesignerText();
  const text = all.canvas.way;
  const { store } = useDesigner();
  const document = useDesignerView((view) => view.readable);
  const commands = useMemo(() => new CanvasCommands(store), [store]);
  const way = useMemo(() => answered(() => wayAt(graphIndex(document), edge)), [document, edge]);
  const label = useMemo(
    () => graphModel(document.value).edges.get(edge)?.fullLabel ?? "",
    [document, edge],
  );
  if ("refused" in way) return <WorkflowInspector />;
  const target = way.scope.states.get(nameOf(way.target) ?? "");
  return (
    <div className="flex flex-col gap-4 p-4">
      <div>
        <h2 className="text-[15px] font-semibold">{text.title}</h2>
        <p className="mt-1 text-[13px] text-dim">{belongsTo(way, label, text)}</p>
      </div>
      <p className="flex flex-wrap items-center gap-2 text-[13px]">
        <End name={way.state?.name} other={all.canvas.start} state={way.state?.key} />
        <ArrowRight aria-hidden size={14} className="text-dim" />
        <span className="sr-only">{text.leadsTo}</span>
        <End
          name={nameOf(way.target)}
          other={way.target === "end" ? all.canvas.end : all.inspector.nowhere}
          state={target?.key}
        />
      </p>
      <FieldFrame label={all.inspector.fields[way.field]} member={way.field}>
        <TargetSelect
          way={way}
          label={all.inspector.fields[way.field]}
          onChoose={(to) => void commands.retarget(edge, to)}
        />
      </FieldFrame>
      <div className="flex flex-col gap-1.5">
        <Button className="justify-start!" onPress={() => pressInsertPoint(edge)}>
          <Plus aria-hidden size={14} />
          {text.insert}
        </Button>
        {way.kind !== "start" && way.target !== "end" && (
          <Button className="justify-start!" onPress={() => void commands.removeWay(edge)}>
            <Trash2 aria-hidden size={14} />
            {text.remove}
          </Button>
        )}
      </div>
    </div>
  );
}

/** A state, which a press selects, or what is in its place. */
function End({
  name,
  other,
  state,
}: {
  readonly name: string | undefined;
  readonly other: string;
  readonly state: string | undefined;
}) {
  const { store } = useDesigner();
  if (state === undefined) return <span>{name ?? other}</span>;
  return (
    <Button className="h-7! max-w-full px-2! text-xs!" onPress={() => store.select([state])}>
      <span className="truncate">{name}</span>
    </Button>
  );
}

function belongsTo(
  { kind, id }: Way,
  label: string,
  text: DesignerCatalogue["canvas"]["way"],
): string {
  const number = String(Number(id.split(":")[1] ?? 0) + 1);
  if (kind === "choice") return text.rule(number, label);
  return kind === "catch" ? text.catcher(number, label) : text.kinds[kind];
}

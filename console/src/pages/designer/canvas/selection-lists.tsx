import { useMemo } from "react";
import type { Wrapping } from "../../../designer/edits/wrap.ts";
import { endKey } from "../../../graph/model.ts";
import { StateIcon } from "../../../graph/view/state-icon.tsx";
import { useDesignerText } from "../../../i18n/designer/texts.ts";
import type { At } from "./canvas-tool.ts";
import { PickList, type PickOption } from "./pick-list.tsx";
import type { SteadyGraph } from "./steady-graph.ts";

interface ListProps {
  readonly at: At;
  readonly onClose: () => void;
}

const wrappings = ["Parallel", "Map", "catchGroup"] as const;

/** What the selection is wrapped in. */
export function WrapList({
  onWrap,
  ...props
}: ListProps & { readonly onWrap: (wrapping: Wrapping) => void }) {
  const text = useDesignerText().canvas;
  const options = useMemo(
    () =>
      wrappings.map((id): PickOption => ({
        id,
        name: text.wrap[id],
        detail: text.wrap[`${id}Hint`],
        sign: <StateIcon type={id === "Map" ? "Map" : "Parallel"} size={14} />,
      })),
    [text],
  );
  return (
    <PickList
      {...props}
      title={text.wrap.title}
      placeholder={text.wrap.search}
      find={(query) => containing(options, query)}
      none={text.palette.none}
      count={text.creator.count}
      onPick={(id) =>
        onWrap(
          id === "catchGroup"
            ? { as: id, name: text.words.try, handler: text.wrap.handler }
            : { as: id === "Map" ? "Map" : "Parallel", name: id },
        )
      }
    />
  );
}

/** Where the end of a way may lead: the states of its scope, and of a `Next` the end. */
export function RetargetList({
  graph,
  edge,
  onRetarget,
  ...props
}: ListProps & {
  readonly graph: SteadyGraph;
  readonly edge: string;
  readonly onRetarget: (target: string) => void;
}) {
  const text = useDesignerText().canvas;
  const options = useMemo(() => targetsOf(graph, edge, text.retarget.end), [graph, edge, text]);
  return (
    <PickList
      {...props}
      title={text.retarget.title}
      placeholder={text.retarget.search}
      find={(query) => containing(options, query)}
      none={text.palette.none}
      count={text.creator.count}
      onPick={onRetarget}
    />
  );
}

function targetsOf(
  { model, index }: SteadyGraph,
  edge: string,
  end: string,
): readonly PickOption[] {
  const way = model.edges.get(edge);
  if (way === undefined) return [];
  const scope = (index.states.get(way.source) ?? index.states.get(way.target))?.scope ?? index.root;
  const states = [...scope.states.values()]
    .filter(({ key }) => key !== way.target)
    .map(({ key, name, type, fields }): PickOption => {
      const resource = fields["Resource"];
      const sign = (
        <StateIcon type={type} resource={typeof resource === "string" ? resource : ""} size={14} />
      );
      return { id: key, name, detail: type, sign };
    });
  const canEnd = way.kind === "next" && way.target !== endKey;
  return [...states, ...(canEnd ? [{ id: "end", name: end }] : [])];
}

function containing(options: readonly PickOption[], query: string): readonly PickOption[] {
  const text = query.trim().toLowerCase();
  return options.filter(({ name }) => name.toLowerCase().includes(text));
}

import { useQuery } from "@tanstack/react-query";
import { designer } from "../../../../api/designer.ts";
import { graphIndex } from "../../../../designer/edits/graph-index.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Problem } from "../../../../parts/field.tsx";
import { Loading } from "../../../../parts/layout.tsx";
import { sampleOf } from "../../../../designer/completion/sample.ts";
import { useDesigner, useDesignerView } from "../../use-designer.ts";
import { useInspected } from "../inspected.ts";

/** The variables that the state can read, who has assigned them, and what they are in the pinned data. */
export function VariablesTab() {
  const { inspector: text } = useDesignerText();
  const { store } = useDesigner();
  const { state, data } = useInspected();
  const document = useDesignerView((view) => view.readable);
  const scope = useQuery({
    queryKey: ["designer", "scope", document.text, state.name],
    queryFn: () => designer.scope(JSON.stringify(document.value), state.name),
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: (before) => before,
  });
  if (scope.error !== null) return <Problem error={scope.error} />;
  if (scope.data === undefined) return <Loading />;
  const { variables } = scope.data;
  if (variables.length === 0) return <p className="text-[13px] text-dim">{text.noVariables}</p>;
  const { states } = graphIndex(document);
  const keyOf = (name: string) => [...states.values()].find((each) => each.name === name)?.key;
  return (
    <ul className="flex flex-col gap-2">
      {variables.map(({ name, assignedBy, isCertain, outer }) => {
        const value = data?.variables?.[name];
        return (
          <li key={name} className="rounded-lg border border-line p-2.5 text-[13px]">
            <div className="flex items-baseline gap-2">
              <code className="font-semibold">${name}</code>
              {!isCertain && <span className="text-xs text-wait">{text.notCertain}</span>}
              {outer !== undefined && (
                <span className="text-xs text-dim">{text.outerVariable(outer)}</span>
              )}
            </div>
            <p className="mt-1 flex flex-wrap items-center gap-1 text-xs text-dim">
              {text.assignedBy}
              {assignedBy.map((by) => (
                <button
                  key={by}
                  type="button"
                  className="min-h-6 rounded px-1 font-medium text-text underline decoration-line-strong underline-offset-2"
                  onClick={() => {
                    const key = keyOf(by);
                    if (key !== undefined) store.select([key]);
                  }}
                >
                  {by}
                </button>
              ))}
            </p>
            {value !== undefined && (
              <code className="mt-1 block truncate text-xs text-ok">{sampleOf(value).text}</code>
            )}
          </li>
        );
      })}
    </ul>
  );
}

import { ArrowRight } from "lucide-react";
import { endKey, type GraphEdge, type GraphModel } from "../../graph/model.ts";
import { useText } from "../../i18n/language.tsx";

/** The ways out of a state, and of a Choice that is right behind it: what each answer leads to. */
export function waysFrom(model: GraphModel, key: string): readonly GraphEdge[] {
  const all = [...model.edges.values()];
  const out = all.filter(({ source }) => source === key);
  const choices = out
    .filter(({ kind, target }) => kind !== "catch" && model.nodes.get(target)?.type === "Choice")
    .map(({ target }) => target);
  return [...out, ...all.filter(({ source }) => choices.includes(source))];
}

/** What comes after the state, in words. */
export function LeadsTo({ model, from }: { readonly model: GraphModel; readonly from: string }) {
  const { approvals: text } = useText();
  const ways = waysFrom(model, from);
  const nameOf = (key: string) => (key === endKey ? text.ends : model.nodes.get(key)?.name);
  const own = ways.filter(({ source }) => source === from);
  return (
    <div>
      <h3 className="mb-1 text-xs font-medium text-dim">{text.leadsTo}</h3>
      <ul className="flex flex-col gap-1 text-[13px]">
        {own.map((edge) => {
          const answers = ways.filter(
            ({ source, kind }) => source === edge.target && source !== from && kind !== "catch",
          );
          return (
            <li key={edge.id} className="[overflow-wrap:anywhere]">
              <span className="mr-2 text-dim">
                {edge.kind === "catch" ? text.onError(edge.fullLabel) : text.afterAnswer}
              </span>
              <span className="font-medium">{nameOf(edge.target)}</span>
              {edge.kind !== "catch" && answers.length > 0 && (
                <ul className="mt-1 flex flex-col gap-1 border-l-2 border-line pl-3">
                  {answers.map((way) => (
                    <li key={way.id}>
                      {way.kind === "default" ? (
                        <span className="mr-2 text-dim">{text.otherwise}</span>
                      ) : (
                        <code className="mr-2 font-mono text-xs text-dim">{way.fullLabel}</code>
                      )}
                      <ArrowRight aria-hidden size={13} className="mr-2 inline text-dim" />
                      <span className="font-medium">{nameOf(way.target)}</span>
                    </li>
                  ))}
                </ul>
              )}
            </li>
          );
        })}
        {!own.some(({ kind }) => kind === "catch") && (
          <li className="text-dim">{text.failsWorkflow}</li>
        )}
      </ul>
    </div>
  );
}

import type { StackChangeView, StackView } from "../../../../src/console/view-types.ts";
import { useState } from "react";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Folded } from "../../parts/folded.tsx";
import { GraphDifference } from "../workflows/graph-difference.tsx";

const looks: { readonly [action: string]: string } = {
  Add: "text-ok",
  Modify: "text-wait",
  Remove: "text-fail",
};

/** What the last change has changed, each member before and after. */
export function ChangeTab({ stack }: { readonly stack: StackView }) {
  const { stacks: text } = useAroundText();
  if (stack.lastChange.length === 0) return <p className="text-dim">{text.noChange}</p>;
  return (
    <ul aria-label={text.change} className="flex flex-col gap-2">
      {stack.lastChange.map((change) => (
        <Change key={`${change.action} ${change.logicalId}`} change={change} />
      ))}
    </ul>
  );
}

function Change({
  change: { action, logicalId, type, isReplaced, differences, definitions },
}: {
  readonly change: StackChangeView;
}) {
  const { stacks: text } = useAroundText();
  const actions: { readonly [action: string]: string } = text.actions;
  return (
    <li className="rounded-lg border border-line bg-surface p-3 text-[13px]">
      <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span className={looks[action] ?? ""}>{actions[action]}</span>
        <span className="font-medium">{logicalId}</span>
        <span className="text-dim">{type}</span>
        {isReplaced && <span className="text-fail">{text.replaced}</span>}
      </span>
      {definitions && (
        <div className="mt-2">
          <Definitions {...definitions} />
        </div>
      )}
      {differences.map(({ path, before, after }) => (
        <span key={path} className="mt-1.5 block font-mono text-xs break-all">
          <span className="text-dim">{path}</span>
          {before !== undefined && <del className="block text-fail no-underline">− {before}</del>}
          {after !== undefined && <ins className="block text-ok no-underline">+ {after}</ins>}
        </span>
      ))}
    </li>
  );
}

/** A definition before and after as one graph, which is laid out once somebody wants to see it. */
function Definitions({ before, after }: { readonly before: string; readonly after: string }) {
  const { stacks: text } = useAroundText();
  const [state, setState] = useState<string>();
  return (
    <Folded title={text.asGraph}>
      <GraphDifference before={before} after={after} state={state} onState={setState} />
    </Folded>
  );
}

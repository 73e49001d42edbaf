import type { StackChangeView, StackView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";

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
  change: { action, logicalId, type, isReplaced, differences },
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

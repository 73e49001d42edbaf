import type { ReactNode } from "react";
import type { TriggerTargetView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { JsonView } from "../../parts/json-view.tsx";
import { ArnLink } from "./arn-link.tsx";

/** Whom a schedule or a rule gives something, with what can be done with each. */
export function Targets({
  targets,
  actions,
}: {
  readonly targets: readonly TriggerTargetView[] | undefined;
  readonly actions?: (target: TriggerTargetView) => ReactNode;
}) {
  const { triggers: text } = useAroundText();
  if (targets === undefined) return <p className="text-dim">{text.hiddenTargets}</p>;
  if (targets.length === 0) return <p className="text-wait">{text.noTargets}</p>;
  return (
    <ul aria-label={text.targets} className="flex flex-col gap-2">
      {targets.map((target, index) => (
        <li
          key={`${index} ${target.arn}`}
          className="min-w-0 rounded-lg border border-line bg-surface p-3"
        >
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-[13px]">
            <span className="min-w-0 grow font-medium">
              <ArnLink arn={target.arn} />
            </span>
            {actions?.(target)}
          </p>
          {target.roleArn !== undefined && (
            <p className="mt-1 text-xs break-all text-dim">
              {text.role}: {target.roleArn}
            </p>
          )}
          {target.deadLetterArn !== undefined && (
            <p className="mt-1 text-xs break-all text-dim">
              {text.deadLetters}: {target.deadLetterArn}
            </p>
          )}
          {target.input !== undefined && (
            <div className="mt-2">
              <JsonView value={target.input} label={text.inputOf} />
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

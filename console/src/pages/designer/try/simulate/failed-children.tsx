import type { SimulationView } from "../../../../../../src/console/view-types.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import { Folded } from "../../../../parts/folded.tsx";

/** Executions that a simulation started and that did not succeed: they have no place in its history. */
export function FailedChildren({
  failed,
}: {
  readonly failed: SimulationView["children"]["failed"];
}) {
  const text = useDesignerText().trying.simulate;
  const format = useFormat();
  if (failed.length === 0) return null;
  return (
    <div className="max-h-40 shrink-0 overflow-auto px-3 py-1.5">
      <Folded title={text.childrenFailed(format.number(failed.length))}>
        <ul className="flex flex-col gap-1 text-xs">
          {failed.map(({ name, stateMachineName, index, error, cause }) => (
            <li key={`${stateMachineName} ${name}`} className="break-words">
              <b className="font-medium">
                {index === undefined ? `${stateMachineName}: ${name}` : `[${index}]`}
              </b>{" "}
              <span className="font-mono text-fail">
                {[error, cause].filter((part) => part !== undefined).join(": ")}
              </span>
            </li>
          ))}
        </ul>
      </Folded>
    </div>
  );
}

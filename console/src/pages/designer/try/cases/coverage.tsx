import type { TestCase } from "../../../../../../src/console/view-types.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import { useDesigner, useDesignerView } from "../../use-designer.ts";
import { definitionJson } from "../definition-json.ts";
import type { CaseRun } from "../try-store.ts";

/** How much of the workflow the cases have entered, and what they have not. */
export function Coverage({
  run,
  cases,
}: {
  readonly run: CaseRun;
  readonly cases: readonly TestCase[];
}) {
  const text = useDesignerText().trying.cases;
  const format = useFormat();
  const { store } = useDesigner();
  const document = useDesignerView((view) => view.readable);
  const { states, uncovered } = run.view.coverage;
  const covered = states.length - uncovered.length;
  const isStale = run.cases !== cases || run.definition !== definitionJson(document);
  return (
    <section aria-label={text.coverage} className="flex flex-col gap-3">
      {isStale && <p className="text-xs text-wait">{text.stale}</p>}
      <div>
        <p className="text-[13px] font-medium">
          {text.covered(format.number(covered), format.number(states.length))}
        </p>
        <div aria-hidden className="mt-1.5 h-1.5 max-w-md overflow-hidden rounded-full bg-sunken">
          <div
            className="h-full bg-ok"
            style={{ width: `${states.length === 0 ? 0 : (covered / states.length) * 100}%` }}
          />
        </div>
      </div>
      {uncovered.length === 0 ? (
        <p className="text-[13px] text-dim">{text.allCovered}</p>
      ) : (
        <div>
          <h4 className="mb-1.5 text-xs font-semibold text-dim">{text.uncovered}</h4>
          <ul className="flex flex-wrap gap-1.5">
            {uncovered.map((key) => (
              <li key={key}>
                <button
                  type="button"
                  onClick={() => store.select([key])}
                  className="min-h-7 rounded-md border border-line bg-surface px-2 text-xs hover:border-line-strong hover:bg-sunken"
                >
                  {key.slice(1)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

import { Check, CircleAlert } from "lucide-react";
import type { TriggerOutcomesView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { useFormat } from "../../i18n/language.tsx";
import { Ago } from "../../parts/time.tsx";
import { ArnLink, ExecutionLink } from "./arn-link.tsx";

/** How often it went well and how often it did not, in a line. */
export function OutcomeCounts({
  outcomes: { taken, failed, givenUp },
}: {
  readonly outcomes: TriggerOutcomesView;
}) {
  const { triggers: text } = useAroundText();
  const format = useFormat();
  return (
    <>
      {taken > 0 && <span>{text.taken(format.number(taken))}</span>}
      {failed > 0 && <span className="text-wait">{text.failed(format.number(failed))}</span>}
      {givenUp > 0 && <span className="text-fail">{text.givenUp(format.number(givenUp))}</span>}
    </>
  );
}

/** The newest results, each with what it has started or why it was refused. */
export function Outcomes({ outcomes }: { readonly outcomes: TriggerOutcomesView }) {
  const { triggers: text } = useAroundText();
  return (
    <section className="min-w-0">
      <h3 className="mb-1 text-[13px] font-semibold">{text.results}</h3>
      {outcomes.newest.length === 0 ? (
        <p className="text-[13px] text-dim">{text.noResults}</p>
      ) : (
        <ol className="flex flex-col gap-1.5 text-[13px]">
          {outcomes.newest.map(({ at, targetArn, executionArn, code, message }, index) => (
            <li key={`${index} ${at}`} className="flex min-w-0 items-start gap-2">
              {code === undefined ? (
                <Check aria-hidden size={14} className="mt-0.5 shrink-0 text-ok" />
              ) : (
                <CircleAlert aria-hidden size={14} className="mt-0.5 shrink-0 text-fail" />
              )}
              <span className="min-w-0 grow">
                {executionArn !== undefined ? (
                  <ExecutionLink arn={executionArn} />
                ) : code === undefined ? (
                  <>
                    {text.given} · <ArnLink arn={targetArn} />
                  </>
                ) : (
                  <span className="break-words">
                    {code}: {message}
                  </span>
                )}
              </span>
              <span className="shrink-0 text-dim">
                <Ago at={at} />
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

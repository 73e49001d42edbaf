import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import { arrayOf, objectOf } from "../../../../graph/json.ts";
import type { InspectionData, StateTestResult } from "./state-test-result.ts";

/** Which Retrier and which Catcher took the error. */
export function HandledBy({
  details = {},
  status,
  state,
}: {
  readonly details: InspectionData["errorDetails"];
  readonly status: StateTestResult["status"];
  readonly state: Readonly<Record<string, unknown>>;
}) {
  const text = useDesignerText().trying.test;
  const format = useFormat();
  const { retryIndex, retryBackoffIntervalSeconds: seconds, catchIndex } = details;
  const number = (index: number) => format.number(index + 1);
  return (
    <ul className="flex flex-col gap-1 text-[13px]">
      {retryIndex !== undefined && (
        <li className="rounded-lg bg-sunken px-3 py-1.5">
          {status === "RETRIABLE"
            ? text.retrier(number(retryIndex))
            : text.retriesUsed(number(retryIndex))}
          {status === "RETRIABLE" && seconds !== undefined && (
            <span className="ml-2 text-dim">{text.retryAfter(format.number(seconds))}</span>
          )}
          <Errors rule={arrayOf(state["Retry"])[retryIndex]} />
        </li>
      )}
      {catchIndex !== undefined && (
        <li className="rounded-lg bg-sunken px-3 py-1.5">
          {text.catcher(number(catchIndex))}
          <Errors rule={arrayOf(state["Catch"])[catchIndex]} />
        </li>
      )}
      {status === "FAILED" && catchIndex === undefined && (
        <li className="text-dim">{text.nobody}</li>
      )}
    </ul>
  );
}

function Errors({ rule }: { readonly rule: unknown }) {
  const names = arrayOf(objectOf(rule)["ErrorEquals"]).map(String).join(", ");
  return <span className="block font-mono text-xs text-dim">{names}</span>;
}

import { Pencil } from "lucide-react";
import type { CaseResultView, TestCase } from "../../../../../../src/console/view-types.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { Button } from "../../../../parts/button.tsx";
import { JsonView } from "../../../../parts/json-view.tsx";
import { StatusBadge } from "../../../../parts/status.tsx";

/** A case as it went: what differs from what was expected. */
export function CaseResult({
  testCase,
  result,
  onEdit,
}: {
  readonly testCase: TestCase;
  readonly result: CaseResultView | undefined;
  readonly onEdit: () => void;
}) {
  const text = useDesignerText().trying.cases;
  return (
    <section aria-label={testCase.name} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="min-w-0 truncate text-[14px] font-semibold">{testCase.name}</h3>
        <span className="text-[13px] text-dim">
          {result === undefined ? text.notRun : text.result[result.result]}
        </span>
        {result?.status !== undefined && <StatusBadge status={result.status} />}
        <div className="grow" />
        <Button onPress={onEdit}>
          <Pencil aria-hidden size={13} />
          {text.edit}
        </Button>
      </div>
      {result?.message !== undefined && (
        <p className="rounded-md bg-wait-soft px-3 py-2 text-[13px] break-words">
          {result.message}
        </p>
      )}
      {result?.error !== undefined && (
        <p className="rounded-md bg-sunken px-3 py-2 font-mono text-xs break-words">
          {[result.error, result.cause].filter((part) => part !== undefined).join(": ")}
        </p>
      )}
      {result !== undefined && result.differences.length > 0 && <Differences result={result} />}
      {result !== undefined && result.assumed.length > 0 && (
        <p className="text-xs text-dim">{text.assumed(result.assumed.join(", "))}</p>
      )}
      <JsonView value={JSON.stringify(testCase.input)} label={text.input} root="$states.input" />
    </section>
  );
}

function Differences({ result: { differences } }: { readonly result: CaseResultView }) {
  const text = useDesignerText().trying.cases;
  const cell = "px-2 py-1.5 align-top font-mono text-xs break-words";
  return (
    <div className="overflow-x-auto rounded-lg border border-line">
      <table aria-label={text.differences} className="w-full min-w-96 table-fixed text-left">
        <thead className="bg-sunken text-xs text-dim">
          <tr>
            {[text.what, text.expected, text.actual].map((head) => (
              <th key={head} scope="col" className="px-2 py-1.5 font-medium">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map(({ what, expected, actual }) => (
            <tr key={what} className="border-t border-line">
              <th scope="row" className={`${cell} font-medium`}>
                {what}
              </th>
              <td className={`${cell} bg-ok-soft`}>{expected}</td>
              <td className={`${cell} bg-fail-soft`}>{actual}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

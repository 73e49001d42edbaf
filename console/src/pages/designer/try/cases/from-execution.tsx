import { useMutation, useQuery } from "@tanstack/react-query";
import type { CaseOfExecution, TestCase } from "../../../../../../src/console/view-types.ts";
import { filterText } from "../../../../../../src/console/filter.ts";
import { server } from "../../../../api/client.ts";
import { designerTry } from "../../../../api/designer-try.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useFormat } from "../../../../i18n/language.tsx";
import { Button } from "../../../../parts/button.tsx";
import { Dialog } from "../../../../parts/dialog.tsx";
import { Problem } from "../../../../parts/field.tsx";
import { Read } from "../../../../parts/query-state.tsx";
import { StatusBadge } from "../../../../parts/status.tsx";
import { useDesigner } from "../../use-designer.ts";

/** Our choice: as many as are looked over at a glance. */
const mostShown = 12;

/** Makes a case of what happened in one of the newest executions. */
export function FromExecution({
  onTake,
  onClose,
}: {
  readonly onTake: (testCase: TestCase) => void;
  readonly onClose: () => void;
}) {
  const text = useDesignerText().trying.cases;
  const format = useFormat();
  const { machine } = useDesigner().workflow;
  const filter = filterText([{ field: "workflow", value: machine?.name ?? "" }]);
  const executions = useQuery({
    queryKey: ["designer", "executions", machine?.stateMachineArn],
    queryFn: () => server.executions(filter),
  });
  const take = useMutation({
    mutationFn: designerTry.caseOf,
    onSuccess: (made) => {
      if (!isPartial(made)) onTake(made.testCase);
    },
  });
  const partial = take.data !== undefined && isPartial(take.data) ? take.data : undefined;
  return (
    <Dialog title={text.fromRun} isOpen onClose={onClose}>
      {partial !== undefined ? (
        <div className="flex flex-col gap-3" role="status">
          {partial.isCut && <p>{text.cut}</p>}
          {partial.incomplete.length > 0 && <p>{text.incomplete(partial.incomplete.join(", "))}</p>}
          <Button look="primary" className="self-end" onPress={() => onTake(partial.testCase)}>
            {text.take}
          </Button>
        </div>
      ) : (
        <Read query={executions}>
          {({ rows }) => {
            const own = rows
              .filter(({ stateMachineArn }) => stateMachineArn === machine?.stateMachineArn)
              .slice(0, mostShown);
            if (own.length === 0) return <p className="text-dim">{text.noRuns}</p>;
            return (
              <ul aria-label={text.newest} className="flex max-h-96 flex-col overflow-auto">
                {own.map(({ executionArn, name, status, startDate }) => (
                  <li key={executionArn}>
                    <button
                      type="button"
                      disabled={take.isPending}
                      onClick={() => take.mutate(executionArn)}
                      className="flex min-h-9 w-full items-center gap-2 rounded-lg px-2 text-left text-[13px] hover:bg-sunken disabled:opacity-60"
                    >
                      <StatusBadge status={status} />
                      <span className="min-w-0 grow truncate">{name}</span>
                      <span className="shrink-0 text-xs text-dim">
                        {format.dateTime(startDate)}
                      </span>
                    </button>
                  </li>
                ))}
              </ul>
            );
          }}
        </Read>
      )}
      <div className="mt-3 empty:hidden">
        <Problem error={take.error} />
      </div>
    </Dialog>
  );
}

function isPartial({ incomplete, isCut }: CaseOfExecution): boolean {
  return isCut || incomplete.length > 0;
}

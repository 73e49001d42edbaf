import { ExternalLink } from "lucide-react";
import type { RunStatus } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { JsonView } from "../../parts/json-view.tsx";
import { StatusBadge } from "../../parts/status.tsx";
import { Took } from "../../parts/time.tsx";

/** What StartSyncExecution answers; dates are seconds. */
export interface SyncExecution {
  readonly executionArn: string;
  readonly status: RunStatus;
  readonly startDate: number;
  readonly stopDate: number;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
}

/** How an execution ended that was waited for. */
export function SyncResult({
  execution,
  onOpen,
}: {
  readonly execution: SyncExecution;
  readonly onOpen: (executionArn: string) => void;
}) {
  const text = useText();
  const { executionArn, status, startDate, stopDate, output, error, cause } = execution;
  return (
    <section aria-label={text.start.result} className="flex flex-col gap-2" aria-live="polite">
      <div className="flex flex-wrap items-center gap-3">
        <h3 className="text-[13px] font-medium">{text.start.result}</h3>
        <StatusBadge status={status} />
        <span className="grow text-xs text-dim">
          <Took from={startDate * 1_000} to={stopDate * 1_000} />
        </span>
        <Button look="quiet" onPress={() => onOpen(executionArn)}>
          <ExternalLink aria-hidden size={14} />
          {text.start.openExecution}
        </Button>
      </div>
      {error !== undefined && (
        <p className="font-mono text-xs font-semibold break-words text-fail">{error}</p>
      )}
      {cause !== undefined && <JsonView value={cause} label={text.start.cause} />}
      {output !== undefined && <JsonView value={output} label={text.start.output} />}
    </section>
  );
}

import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { usePageTitle } from "../../app/page-title.ts";
import { useText } from "../../i18n/language.tsx";
import { keyErrorOf } from "../../parts/key-lost.tsx";
import { later } from "../../parts/later.tsx";
import { Read } from "../../parts/query-state.tsx";
import { ExecutionDetail } from "./execution-detail.tsx";
import { ExpressGone, isExpressGone } from "./express-gone.tsx";
import { ExecutionHead } from "./execution-head.tsx";
import type { ExecutionSearch } from "./execution-search.ts";
import { Family } from "./family.tsx";
import { UnreadExecution } from "./unread-execution.tsx";
import { useVisits } from "./panes/use-visits.ts";
import { useVisitData } from "./visit-data.ts";

const StartDialog = later(async () => (await import("../start/start-dialog.tsx")).StartDialog);

/** One execution: what happened, why, and what to do about it. */
export function ExecutionPage() {
  const { arn } = useParams({ from: "/executions/$arn" });
  const view = useQuery({ queryKey: keys.execution(arn), queryFn: () => server.execution(arn) });
  useLive({ executions: false, execution: { arn, from: view.data?.lastEventId ?? 0 } });
  const text = useText();
  usePageTitle(view.data?.name ?? text.execution.title);
  if (isExpressGone(arn, view.error)) return <ExpressGone arn={arn} />;
  const lost = keyErrorOf(view.error);
  if (lost !== undefined) {
    const again = () => void view.refetch();
    return <UnreadExecution arn={arn} reason={lost} error={view.error} again={again} />;
  }
  return <Read query={view}>{(data) => <Execution key={arn} view={data} />}</Read>;
}

function Execution({ view }: { readonly view: ExecutionView }) {
  const search = useSearch({ from: "/executions/$arn" });
  const navigate = useNavigate({ from: "/executions/$arn" });
  const [isStarting, setStarting] = useState(false);
  const onSearch = useCallback(
    (change: (before: ExecutionSearch) => ExecutionSearch) =>
      void navigate({ search: change, replace: true }),
    [navigate],
  );
  const openFamily = useCallback(
    (isOpen: boolean) => onSearch((before) => ({ ...before, family: isOpen ? true : undefined })),
    [onSearch],
  );
  const read = useVisits(view.executionArn);
  const data = useVisitData(view.executionArn, read.visits[0]);
  return (
    <>
      <ExecutionHead view={view} onStartAgain={() => setStarting(true)} />
      <Family
        view={view}
        visits={read.visits}
        isOpen={search.family === true}
        onOpen={openFamily}
      />
      <ExecutionDetail view={view} read={read} search={search} onSearch={onSearch} />
      {isStarting && (
        <StartDialog
          stateMachineArn={view.stateMachineArn}
          type={view.type}
          isOpen
          onClose={() => setStarting(false)}
          initialInput={data.data?.input ?? "{}"}
        />
      )}
    </>
  );
}

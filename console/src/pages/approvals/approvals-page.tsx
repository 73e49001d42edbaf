import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import type { ApprovalView } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useLive } from "../../api/live.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import type { ApprovalTab } from "./approval-search.ts";
import { AuditTable } from "./audit-table.tsx";
import { Inbox, type Answered } from "./inbox.tsx";
import { NoticeButton } from "./notices.tsx";
import { PersonButton, PersonDialog } from "./person-button.tsx";
import { usePerson } from "./person.ts";
import { taskIdOf } from "./task-id.ts";
import { Teaching } from "./teaching.tsx";

const route = getRouteApi("/approvals");

/** Everything that waits for an answer, by who takes care of it; what was answered; and who did what. */
export function ApprovalsPage() {
  const { approvals: text } = useText();
  const { task, tab = "open" } = route.useSearch();
  const navigate = route.useNavigate();
  const person = usePerson();
  const [isNaming, setNaming] = useState(false);
  const [answered, setAnswered] = useState<ReadonlyMap<string, Answered>>(new Map());
  const query = useQuery({ queryKey: keys.approvals, queryFn: server.approvals });
  const isMine = useCallback(
    ({ claim }: ApprovalView) => claim !== undefined && claim.name === person,
    [person],
  );
  const onAnswered = (more: readonly Answered[]) =>
    setAnswered(
      (before) =>
        new Map([...before, ...more.map((each) => [taskIdOf(each.approval), each] as const)]),
    );
  const inbox = (isWanted: (approval: ApprovalView) => boolean, empty: React.ReactNode) => (
    <Read query={query}>
      {(all) => (
        <Inbox
          all={all}
          isWanted={isWanted}
          empty={empty}
          answered={answered}
          onAnswered={onAnswered}
        />
      )}
    </Read>
  );
  const nothing = (title: string, hint: string) => (
    <Card>
      <Empty title={title}>{hint}</Empty>
    </Card>
  );
  const waiting = (query.data ?? []).filter((each) => !answered.has(taskIdOf(each)));
  const label = (id: ApprovalTab, isWanted: (approval: ApprovalView) => boolean) => (
    <Counted name={text.tabs[id]} count={waiting.filter(isWanted).length} />
  );
  return (
    <>
      <div className={task === undefined ? "" : "max-lg:hidden"}>
        <PageHead title={text.title} hint={text.hint}>
          <NoticeButton />
          <PersonButton onPress={() => setNaming(true)} />
        </PageHead>
      </div>
      <Tabs
        label={text.title}
        selected={tab}
        onSelect={(next) =>
          void navigate({
            search: ({ task: _task, tab: _tab, ...before }) => ({
              ...before,
              ...(next !== "open" && { tab: next as ApprovalTab }),
            }),
          })
        }
        items={[
          {
            id: "mine",
            label: label("mine", isMine),
            content: inbox(
              isMine,
              person === ""
                ? nothing(text.mineNoName, text.mineNoNameHint)
                : nothing(text.mineNone, text.mineNoneHint),
            ),
          },
          {
            id: "free",
            label: label("free", isFree),
            content: inbox(isFree, nothing(text.freeNone, text.freeNoneHint)),
          },
          { id: "open", label: label("open", always), content: inbox(always, <Teaching />) },
          {
            id: "done",
            label: text.tabs.done,
            content: <Live content={<AuditTable onlyAnswers />} />,
          },
          { id: "audit", label: text.tabs.audit, content: <Live content={<AuditTable />} /> },
        ]}
      />
      <PersonDialog isOpen={isNaming} onClose={() => setNaming(false)} />
    </>
  );
}

const always = () => true;
const isFree = ({ claim }: ApprovalView) => claim === undefined;

/** The stream that tells whether the server is there, where nothing else asks for it. */
function Live({ content }: { readonly content: React.ReactNode }) {
  useLive({ executions: false });
  return content;
}

function Counted({ name, count }: { readonly name: string; readonly count: number }) {
  const format = useFormat();
  return (
    <span className="inline-flex items-center gap-1.5">
      {name}
      {count > 0 && (
        <span className="rounded-full bg-sunken px-1.5 text-xs tabular-nums">
          {format.number(count)}
        </span>
      )}
    </span>
  );
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { ChevronRight, Hand, Plus, Trash2, TriangleAlert } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import type { ActivityRow } from "../../../../src/console/view-types.ts";
import { regionOf, server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useChangedRows, useLive } from "../../api/live.ts";
import { useShortcuts } from "../../app/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button, IconButton } from "../../parts/button.tsx";
import { CopyButton } from "../../parts/copy.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { activitiesKey, readActivities } from "./activities-api.ts";
import { CreateActivity } from "./create-activity.tsx";
import { DeleteActivity } from "./delete-activity.tsx";
import { CodeBlock } from "../../parts/code-block.tsx";
import { TakeTask } from "./take-task.tsx";
import { WorkersList } from "./workers-list.tsx";

const route = getRouteApi("/activities");

/** Workers come and go without an event of any execution. */
const refetchMs = 3_000;

export function ActivitiesPage() {
  const { activities: text } = useText();
  const { q = "", take, create } = route.useSearch();
  const navigate = route.useNavigate();
  const filterInput = useRef<HTMLInputElement>(null);
  const [deleted, setDeleted] = useState<ActivityRow>();
  const query = useQuery({
    queryKey: activitiesKey,
    queryFn: readActivities,
    refetchInterval: refetchMs,
  });
  const approvals = useQuery({ queryKey: keys.approvals, queryFn: server.approvals });
  const inWork = useMemo(
    () =>
      Map.groupBy(
        (approvals.data ?? []).filter(({ isTaken }) => isTaken === true),
        ({ resource }) => resource ?? "",
      ),
    [approvals.data],
  );
  useLiveQueues();

  const setSearch = useCallback(
    (change: {
      readonly q?: string | undefined;
      readonly take?: string | undefined;
      readonly create?: true | undefined;
    }) => void navigate({ search: (before) => ({ ...before, ...change }), replace: true }),
    [navigate],
  );
  useShortcuts(
    useMemo(
      () => [
        {
          keys: "/",
          label: text.keyFilter,
          group: text.keys,
          run: () => filterInput.current?.focus(),
        },
        {
          keys: "c",
          label: text.keyCreate,
          group: text.keys,
          run: () => setSearch({ create: true }),
        },
      ],
      [text, setSearch],
    ),
  );

  const createButton = (
    <Button look="primary" onPress={() => setSearch({ create: true })}>
      <Plus aria-hidden size={15} />
      {text.create}
    </Button>
  );
  return (
    <>
      <PageHead title={text.title} hint={text.hint}>
        {(query.data?.length ?? 0) > 0 && createButton}
      </PageHead>
      <Read query={query}>
        {(activities) => {
          if (activities.length === 0) return <Teaching action={createButton} />;
          const shown = activities.filter(({ activityArn }) =>
            activityArn.toLowerCase().includes(q.trim().toLowerCase()),
          );
          return (
            <Card flush>
              <div className="border-b border-line p-3">
                <input
                  ref={filterInput}
                  type="search"
                  aria-label={text.filter}
                  placeholder={text.filter}
                  value={q}
                  onChange={({ target }) => setSearch({ q: target.value || undefined })}
                  className="h-8 w-full max-w-80 rounded-md border border-line bg-sunken px-2.5 text-[13px] placeholder:text-faint"
                />
              </div>
              {shown.length === 0 ? (
                <p className="px-4 py-8 text-center text-dim">{text.noneMatch}</p>
              ) : (
                <Table label={text.list}>
                  <thead>
                    <tr>
                      <Head>{text.name}</Head>
                      <Head className="text-right">
                        <span title={text.queuedHint}>{text.queued}</span>
                      </Head>
                      <Head>{text.oldest}</Head>
                      <Head className="text-right">
                        <span title={text.inWorkHint}>{text.inWork}</span>
                      </Head>
                      <Head className="text-right">
                        <span title={text.pollersHint}>{text.pollers}</span>
                      </Head>
                      <Head>{text.created}</Head>
                      <Head>
                        <span className="sr-only">{text.rowActions}</span>
                      </Head>
                    </tr>
                  </thead>
                  <tbody>
                    {shown.map((activity) => (
                      <Row
                        key={activity.activityArn}
                        activity={activity}
                        inWork={inWork.get(activity.activityArn)?.length ?? 0}
                        onTake={() => setSearch({ take: activity.activityArn })}
                        onDelete={() => setDeleted(activity)}
                      />
                    ))}
                  </tbody>
                </Table>
              )}
            </Card>
          );
        }}
      </Read>
      <CreateActivity isOpen={create === true} onClose={() => setSearch({ create: undefined })} />
      <TakeTask activityArn={take} onClose={() => setSearch({ take: undefined })} />
      <DeleteActivity activity={deleted} onClose={() => setDeleted(undefined)} />
    </>
  );
}

function Row({
  activity,
  inWork,
  onTake,
  onDelete,
}: {
  readonly activity: ActivityRow;
  readonly inWork: number;
  readonly onTake: () => void;
  readonly onDelete: () => void;
}) {
  const { activities: text } = useText();
  const format = useFormat();
  const { activityArn, name, queued, isMore, oldest, pollers, workers } = activity;
  const [isOpen, setOpen] = useState(false);
  const [seen] = workers;
  const number = format.number(queued);
  const isLeft = queued > 0 && pollers === 0;
  return (
    <>
      <tr className={rowLook}>
        <Cell className="min-w-56">
          <div className="flex items-center gap-1">
            <span className="font-medium break-words">{name}</span>
            <CopyButton value={activityArn} label={text.copyArn} />
          </div>
          <div className="text-xs text-dim">{regionOf(activityArn)}</div>
        </Cell>
        <Cell className="text-right tabular-nums">
          {queued === 0 ? (
            <span className="text-faint">0</span>
          ) : (
            <span className="inline-flex items-center gap-1.5 font-semibold text-wait">
              {isLeft && <TriangleAlert aria-label={text.noWorker} role="img" size={13} />}
              {isMore ? text.moreThan(number) : number}
            </span>
          )}
        </Cell>
        <Cell>
          {oldest === undefined ? <span className="text-faint">–</span> : <Ago at={oldest} />}
        </Cell>
        <Cell className="text-right tabular-nums">
          {inWork === 0 ? (
            <span className="text-faint">0</span>
          ) : (
            <Link to="/approvals" search={{ q: name }} className="text-accent hover:underline">
              {format.number(inWork)}
            </Link>
          )}
        </Cell>
        <Cell className="text-right tabular-nums">
          <div className={pollers === 0 ? "text-faint" : "text-run"}>{format.number(pollers)}</div>
          {seen !== undefined && (
            <button
              type="button"
              aria-expanded={isOpen}
              onClick={() => setOpen(!isOpen)}
              className="inline-flex min-h-6 items-center gap-1 text-xs whitespace-nowrap text-dim hover:text-text hover:underline"
            >
              <ChevronRight
                aria-hidden
                size={12}
                className={`transition-transform ${isOpen ? "rotate-90" : ""}`}
              />
              {seen.waiting > 0 ? (
                text.workers
              ) : (
                <>
                  {text.lastSeen} <Ago at={seen.lastSeen} />
                </>
              )}
            </button>
          )}
        </Cell>
        <Cell className="text-dim">
          <Ago at={activity.creationDate} />
        </Cell>
        <Cell>
          <div className="flex items-center justify-end gap-1">
            <Button onPress={onTake} aria-label={text.takeOf(name)}>
              <Hand aria-hidden size={14} />
              {text.take}
            </Button>
            <IconButton label={text.deleteOf(name)} onPress={onDelete}>
              <Trash2 aria-hidden size={15} />
            </IconButton>
          </div>
        </Cell>
      </tr>
      {isOpen && (
        <tr className="border-b border-line bg-sunken last:border-0">
          <td colSpan={7} className="px-4 py-3">
            <WorkersList workers={workers} />
          </td>
        </tr>
      )}
    </>
  );
}

/** Queues grow and shrink as executions go on. */
function useLiveQueues(): void {
  const client = useQueryClient();
  useLive({ executions: true });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useChangedRows(
    useCallback(() => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        void client.invalidateQueries({ queryKey: activitiesKey });
        void client.invalidateQueries({ queryKey: keys.approvals });
      }, 1_000);
    }, [client]),
  );
}

function Teaching({ action }: { readonly action: React.ReactNode }) {
  const { activities: text } = useText();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const { endpoint = "", region = "", accountId = "" } = session.data ?? {};
  const aws = `aws stepfunctions --endpoint-url ${endpoint} --region ${region}`;
  const arn = `arn:aws:states:${region}:${accountId}:activity:check-document`;
  const state = {
    "Check document": { Type: "Task", Resource: arn, TimeoutSeconds: 3_600, End: true },
  };
  return (
    <Card>
      <Empty title={text.emptyTitle} action={action}>
        {text.emptyText}
      </Empty>
      {session.data !== undefined && (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-4">
            <CodeBlock
              label={text.cliCreate}
              code={`${aws} \\\n  create-activity --name check-document`}
            />
            <CodeBlock
              label={text.cliTake}
              code={`${aws} \\\n  get-activity-task --worker-name me \\\n  --activity-arn ${arn}`}
            />
          </div>
          <CodeBlock label={text.usage} code={JSON.stringify(state, null, 2)} />
        </div>
      )}
    </Card>
  );
}

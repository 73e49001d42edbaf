import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Download, Link2 } from "lucide-react";
import { useState } from "react";
import type { AuditAction, AuditEntry } from "../../../../src/console/view-types.ts";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useFormat, useText } from "../../i18n/language.tsx";
import { Button } from "../../parts/button.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { Read } from "../../parts/query-state.tsx";
import { saveFile } from "../../parts/save-file.ts";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { Ago } from "../../parts/time.tsx";
import { VerdictBadge, verdictOf } from "./verdict.tsx";
import { Who } from "./who.tsx";

const pageSize = 100;
const exportedAtOnce = 1_000;
const actions: readonly AuditAction[] = ["view", "claim", "release", "link", "answer"];

/** What people did with questions, the newest first; or only what was answered. */
export function AuditTable({ onlyAnswers = false }: { readonly onlyAnswers?: boolean }) {
  const { approvals: text, app } = useText();
  const format = useFormat();
  const [chosen, setChosen] = useState<AuditAction>();
  const action = onlyAnswers ? "answer" : chosen;
  const query = useInfiniteQuery({
    queryKey: [...keys.audit({ action }), "pages"],
    queryFn: ({ pageParam }) => server.audit({ action, offset: pageParam, limit: pageSize }),
    initialPageParam: 0,
    getNextPageParam: (last, pages) => {
      const read = pages.reduce((sum, { entries }) => sum + entries.length, 0);
      return read < last.total && last.entries.length > 0 ? read : undefined;
    },
  });
  const entries = query.data?.pages.flatMap((page) => page.entries) ?? [];
  const total = query.data?.pages.at(-1)?.total ?? 0;
  return (
    <Card flush>
      <div className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-2 text-[13px]">
        <p className="min-w-0 grow basis-60 text-dim">
          {onlyAnswers ? text.doneHint : text.auditHint}
        </p>
        {!onlyAnswers && (
          <select
            aria-label={text.action}
            value={chosen ?? ""}
            onChange={({ target }) => setChosen((target.value || undefined) as AuditAction)}
            className="h-8 rounded-md border border-line bg-surface px-2"
          >
            <option value="">{text.anyAction}</option>
            {actions.map((each) => (
              <option key={each} value={each}>
                {text.actions[each]}
              </option>
            ))}
          </select>
        )}
        <Button isDisabled={total === 0} onPress={() => void exported(action)}>
          <Download aria-hidden size={14} />
          {text.exportAudit}
        </Button>
      </div>
      <Read query={query}>
        {() =>
          entries.length === 0 ? (
            <Empty title={onlyAnswers ? text.doneNone : text.auditNone}>
              {onlyAnswers ? text.doneNoneHint : text.auditNoneHint}
            </Empty>
          ) : (
            <Table label={onlyAnswers ? text.tabs.done : text.tabs.audit}>
              <thead>
                <tr>
                  <Head>{text.when}</Head>
                  <Head>{text.action}</Head>
                  <Head>{text.who}</Head>
                  <Head>{text.question}</Head>
                  <Head>{text.execution}</Head>
                </tr>
              </thead>
              <tbody>
                {entries.map((entry) => (
                  <Row
                    key={`${entry.at} ${entry.action} ${entry.taskId} ${entry.executionArn}`}
                    entry={entry}
                  />
                ))}
              </tbody>
            </Table>
          )
        }
      </Read>
      <div className="flex items-center gap-3 border-t border-line px-4 py-2 text-xs text-dim">
        <span className="grow tabular-nums">
          {text.auditCount(format.number(entries.length), format.number(total))}
        </span>
        {query.hasNextPage && (
          <Button isDisabled={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
            {app.more}
          </Button>
        )}
      </div>
    </Card>
  );
}

function Row({ entry }: { readonly entry: AuditEntry }) {
  const { approvals: text } = useText();
  const { kind, comment } = verdictOf(entry.answer);
  return (
    <tr className={rowLook}>
      <Cell className="text-dim">
        <Ago at={Date.parse(entry.at)} />
      </Cell>
      <Cell>
        {entry.action === "answer" ? <VerdictBadge kind={kind} /> : text.actions[entry.action]}
      </Cell>
      <Cell className="max-w-44 truncate">
        <span className="inline-flex items-center gap-1.5">
          {entry.by === "link" && <Link2 aria-hidden size={13} className="shrink-0 text-dim" />}
          <Who entry={entry} />
        </span>
      </Cell>
      <Cell className="max-w-80 min-w-48">
        <span className="line-clamp-2 break-words">{entry.title ?? text.unknownQuestion}</span>
        {comment !== undefined && (
          <span className="line-clamp-2 text-xs break-words text-dim">{comment}</span>
        )}
      </Cell>
      <Cell className="max-w-64">
        <Link
          to="/executions/$arn"
          params={{ arn: entry.executionArn }}
          className="block truncate text-accent hover:underline"
        >
          {entry.executionArn.split(":").slice(6).join(" · ")}
        </Link>
      </Cell>
    </tr>
  );
}

/** All that is kept, a line of JSON each, the newest first. */
async function exported(action: AuditAction | undefined): Promise<void> {
  const lines: string[] = [];
  for (;;) {
    const page = await server.audit({ action, offset: lines.length, limit: exportedAtOnce });
    lines.push(...page.entries.map((entry) => `${JSON.stringify(entry)}\n`));
    if (page.entries.length === 0 || lines.length >= page.total) break;
  }
  saveFile(lines, "approvals-audit.jsonl", "application/jsonl");
}

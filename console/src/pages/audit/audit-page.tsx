import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useCallback } from "react";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useText } from "../../i18n/language.tsx";
import { Card, Empty, Loading, PageHead } from "../../parts/layout.tsx";
import { AuditCalls } from "./audit-calls.tsx";
import { AuditFilterBar } from "./audit-filter-bar.tsx";
import type { AuditSearch } from "./audit-search.ts";

const route = getRouteApi("/audit");

/** Who has called what, and what allowed or denied it. */
export function AuditPage() {
  const { audit: text } = useText();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const session = useQuery({ queryKey: keys.session, queryFn: server.session });
  const change = useCallback(
    (next: AuditSearch) => void navigate({ search: next, replace: true }),
    [navigate],
  );
  return (
    <>
      <PageHead title={text.title} hint={text.hint} />
      {session.data === undefined ? (
        <Loading />
      ) : session.data.audit === undefined ? (
        <Card>
          <Empty title={text.offTitle}>{text.offText}</Empty>
        </Card>
      ) : (
        <Card flush>
          <AuditFilterBar search={search} change={change} />
          <AuditCalls search={search} />
        </Card>
      )}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { server } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { usePageTitle } from "../../app/page-title.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Card, Empty, PageHead } from "../../parts/layout.tsx";
import { OpenRow } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { Ago } from "../../parts/time.tsx";
import { StackDetails } from "./stack-details.tsx";
import { StackStatus } from "./stack-status.tsx";

const route = getRouteApi("/stacks");

/** Deployments tell no page of themselves. */
const refetchMs = 3_000;

/** What templates have made. */
export function StacksPage() {
  const { stacks: text } = useAroundText();
  usePageTitle(text.title);
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery({
    queryKey: keys.stacks,
    queryFn: server.stacks,
    refetchInterval: refetchMs,
  });
  const toggle = (id: string) =>
    void navigate({
      search: ({ open: opened, ...rest }) => (opened === id ? rest : { ...rest, open: id }),
      replace: true,
    });
  return (
    <>
      <PageHead title={text.title} hint={text.hint} />
      <Read query={query}>
        {(stacks) =>
          stacks.length === 0 ? (
            <Card>
              <Empty title={text.noneTitle}>{text.noneText}</Empty>
              <CodeBlock label={text.command} code="stepwell deploy ." />
            </Card>
          ) : (
            <Card flush>
              <ul aria-label={text.list}>
                {stacks.map(({ stackId, name, description, status, changedAt, drift }) => (
                  <OpenRow
                    key={stackId}
                    id={stackId}
                    name={name}
                    note={description}
                    facts={
                      <>
                        {drift === "DRIFTED" && (
                          <span className="text-wait">{text.drifts[drift]}</span>
                        )}
                        <StackStatus status={status} />
                        <Ago at={changedAt} />
                      </>
                    }
                    open={open}
                    toggle={toggle}
                  >
                    {() => <StackDetails stackId={stackId} />}
                  </OpenRow>
                ))}
              </ul>
            </Card>
          )
        }
      </Read>
    </>
  );
}

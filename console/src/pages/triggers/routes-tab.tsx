import { useQuery } from "@tanstack/react-query";
import { Globe, KeyRound } from "lucide-react";
import type { RouteView } from "../../../../src/console/view-types.ts";
import { keys } from "../../api/keys.ts";
import { triggers } from "../../api/triggers.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { CodeBlock } from "../../parts/code-block.tsx";
import { Card, Empty } from "../../parts/layout.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { ArnLink } from "./arn-link.tsx";
import { refetchMs } from "./refetch.ts";
import { TryRoute } from "./try-route.tsx";

const example = `{
  "routes": {
    "apis": {
      "shop": { "routes": { "POST /orders": { "stateMachine": "orders" } } }
    }
  }
}`;

/** Web routes, and what a request to each comes to. */
export function RoutesTab(state: OpenState) {
  const { triggers: text } = useAroundText();
  const query = useQuery({
    queryKey: keys.triggersOf("routes"),
    queryFn: triggers.routes,
    refetchInterval: refetchMs,
  });
  return (
    <Read query={query}>
      {(all) =>
        all.length === 0 ? (
          <Card>
            <Empty title={text.route.none}>{text.route.noneHint}</Empty>
            <CodeBlock label={text.route.command} code={example} />
          </Card>
        ) : (
          <Card flush title={text.routes}>
            <ul aria-label={text.routes}>
              {all.map((route) => (
                <OpenRow
                  key={route.id}
                  id={route.id}
                  name={`${route.method} ${route.path}`}
                  note={route.api}
                  facts={
                    <>
                      {route.target !== undefined && (
                        <span className="min-w-0 break-all">{nameOf(route.target)}</span>
                      )}
                      <WhoMay route={route} />
                    </>
                  }
                  {...state}
                >
                  {() => <RouteDetails route={route} />}
                </OpenRow>
              ))}
            </ul>
          </Card>
        )
      }
    </Read>
  );
}

function WhoMay({ route: { apiKeyRequired } }: { readonly route: RouteView }) {
  const { route: text } = useAroundText().triggers;
  const Icon = apiKeyRequired ? KeyRound : Globe;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden size={14} className="shrink-0" />
      {apiKeyRequired ? text.needsKey : text.open}
    </span>
  );
}

function RouteDetails({ route }: { readonly route: RouteView }) {
  const { route: text } = useAroundText().triggers;
  const { operation, target } = route;
  if (operation === undefined && target === undefined) {
    return <p className="text-wait">{text.noIntegration}</p>;
  }
  return (
    <div className="flex flex-col gap-4">
      <p className="text-[13px] break-words">
        {operation !== undefined && text.operations[operation]}
        {target !== undefined && (
          <>
            {operation !== undefined && ": "}
            {target.startsWith("arn:") ? <ArnLink arn={target} /> : <code>{target}</code>}
          </>
        )}
      </p>
      <TryRoute route={route} />
    </div>
  );
}

function nameOf(target: string): string {
  return target.startsWith("arn:") ? target.split(":").slice(6).join(":") : target;
}

import { Globe, KeyRound, Plus } from "lucide-react";
import { useState } from "react";
import type { RouteView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Button } from "../../parts/button.tsx";
import { OpenRow, type OpenState } from "../../parts/open-row.tsx";
import { Read } from "../../parts/query-state.tsx";
import { RouteDetails } from "./route-details.tsx";
import { RouteForm } from "./route-form-later.ts";
import { TriggerList } from "./trigger-list.tsx";
import { useTriggers } from "./use-triggers.ts";

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
  const [isCreating, setCreating] = useState(false);
  return (
    <>
      <Read query={useTriggers("routes")}>
        {(all) => (
          <TriggerList
            label={text.routes}
            items={all}
            absence={{
              title: text.route.none,
              hint: text.route.noneHint,
              command: { label: text.route.command, code: example },
            }}
            actions={
              <Button look="primary" onPress={() => setCreating(true)}>
                <Plus aria-hidden size={14} />
                {text.route.create}
              </Button>
            }
          >
            {(route) => (
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
                {() => <RouteDetails route={route} isLast={isLast(route, all)} />}
              </OpenRow>
            )}
          </TriggerList>
        )}
      </Read>
      {isCreating && <RouteForm onClose={() => setCreating(false)} />}
    </>
  );
}

function WhoMay({ route: { apiKeyRequired, authorizationType } }: { readonly route: RouteView }) {
  const { route: text } = useAroundText().triggers;
  const asked = [
    ...(authorizationType === "NONE"
      ? []
      : [text.authorizations[authorizationType] ?? authorizationType]),
    ...(apiKeyRequired ? [text.needsKey] : []),
  ];
  const Icon = asked.length > 0 ? KeyRound : Globe;
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <Icon aria-hidden size={14} className="shrink-0" />
      {asked.length > 0 ? asked.join(" · ") : text.open}
    </span>
  );
}

/** Whether it is the only route of its API; a route is there once for each stage. */
function isLast({ apiId, routeId }: RouteView, all: readonly RouteView[]): boolean {
  return all.every((other) => other.apiId !== apiId || other.routeId === routeId);
}

function nameOf(target: string): string {
  return target.startsWith("arn:") ? target.split(":").slice(6).join(":") : target;
}

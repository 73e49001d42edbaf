import type { RouteView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { ArnLink } from "./arn-link.tsx";
import { EditAndRemove } from "./edit-and-remove.tsx";
import { changeable, deleteRoute, routeActions } from "./route-calls.ts";
import { RouteForm } from "./route-form-later.ts";
import { TryRoute } from "./try-route.tsx";
import { useTriggerChange } from "./use-trigger-change.ts";

/** A route: what a request to it does, what can be done with it, and a request to try it with. */
export function RouteDetails({
  route,
  isLast,
}: {
  readonly route: RouteView;
  /** Whether its API has no other. */
  readonly isLast: boolean;
}) {
  const { triggers: words } = useAroundText();
  const { route: text } = words;
  const { operation, target, roleArn } = route;
  const hasNothing = operation === undefined && target === undefined;
  return (
    <div className="flex flex-col gap-4">
      <Changes route={route} isLast={isLast} />
      {hasNothing ? (
        <p className="text-wait">{text.noIntegration}</p>
      ) : (
        <div className="text-[13px] [overflow-wrap:anywhere]">
          <p>
            {operation !== undefined && text.operations[operation]}
            {target !== undefined && (
              <>
                {operation !== undefined && ": "}
                {target.startsWith("arn:") ? <ArnLink arn={target} /> : <code>{target}</code>}
              </>
            )}
          </p>
          {roleArn !== undefined && (
            <p className="mt-1 text-xs text-dim">
              {words.role}: {roleArn}
            </p>
          )}
        </div>
      )}
      {!hasNothing && <TryRoute route={route} />}
    </div>
  );
}

/** Of routes of HTTP APIs: others are changed where they are made. */
function Changes({ route, isLast }: { readonly route: RouteView; readonly isLast: boolean }) {
  const { triggers: words } = useAroundText();
  const { route: text } = words;
  const changed = changeable(route);
  const remove = useTriggerChange(async () => changed && deleteRoute(changed, isLast));
  if (changed === undefined) {
    return (
      <p className="text-[13px] text-dim">
        {route.isConfigured ? text.configured : text.elsewhere}
      </p>
    );
  }
  const { operation, target = "" } = route;
  const isOfForm =
    operation === undefined
      ? target.startsWith("arn:")
      : routeActions.some((each) => each === operation);
  return (
    <div className="flex flex-wrap items-center gap-2">
      <EditAndRemove
        name={`${route.method} ${route.path}`}
        hint={isLast ? text.removeLastHint : text.removeHint}
        form={isOfForm ? (close) => <RouteForm route={changed} onClose={close} /> : undefined}
        remove={() => remove.mutateAsync()}
      />
    </div>
  );
}

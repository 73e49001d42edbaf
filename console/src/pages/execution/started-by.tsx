import { Link } from "@tanstack/react-router";
import type { ExecutionView, StartedBy } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";
import { triggerOf } from "./trigger-of.ts";
import { isExecutionArn, lastPart, principalName } from "./arn-parts.ts";

const look = "text-accent hover:underline";

/** What started it: another execution, a Map Run, or somebody by a call of the API. */
export function Starter({ view }: { readonly view: ExecutionView }) {
  const text = useText();
  const { mapRunArn, startedBy } = view;
  const parentArn = view.parentArn ?? executionOf(startedBy);
  if (parentArn !== undefined) {
    return (
      <Link to="/executions/$arn" params={{ arn: parentArn }} className={look}>
        {lastPart(parentArn)}
      </Link>
    );
  }
  if (mapRunArn !== undefined) {
    return (
      <Link to="/map-runs/$arn" params={{ arn: mapRunArn }} className={look}>
        {text.runHead.mapRun} {lastPart(mapRunArn)}
      </Link>
    );
  }
  return startedBy === undefined ? text.runHead.apiCall : <Who by={startedBy} />;
}

/** Which trigger started it, in which role, or on whose behalf; nothing where the one who started it acted for himself. */
export function OnBehalf({
  by,
  executionArn,
}: {
  readonly by: StartedBy | undefined;
  readonly executionArn: string;
}) {
  const text = useText();
  if (by?.via === undefined) return null;
  const trigger = triggerOf(by.via, executionArn);
  if (trigger !== undefined) {
    return (
      <Link to="/triggers" search={trigger} title={by.via} className={look}>
        {by.via}
      </Link>
    );
  }
  if (by.via.includes(":states:")) {
    return <span title={by.principal}>{text.runHead.inRole(roleName(by.principal))}</span>;
  }
  return <span title={by.via}>{text.runHead.onBehalf(principalName(by.via))}</span>;
}

/** Who redrove it last, behind when. */
export function Redriver({ by }: { readonly by: StartedBy | undefined }) {
  const text = useText();
  return (
    by !== undefined && (
      <span title={by.via ?? by.principal}>
        {" "}
        {text.runHead.redrivenBy(principalName(by.principal))}
      </span>
    )
  );
}

function Who({ by: { principal } }: { readonly by: StartedBy }) {
  return <span title={principal}>{principalName(principal)}</span>;
}

function executionOf(by: StartedBy | undefined): string | undefined {
  return by?.via !== undefined && isExecutionArn(by.via) ? by.via : undefined;
}

/** `Orders` of a role, and of its session. */
function roleName(arn: string): string {
  return principalName(arn)
    .replace(/^role\/(?:.*\/)?/, "")
    .replace(/\/.*/, "");
}

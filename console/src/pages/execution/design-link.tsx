import { Link } from "@tanstack/react-router";
import { PencilRuler } from "lucide-react";
import type { ExecutionView } from "../../../../src/console/view-types.ts";
import { useText } from "../../i18n/language.tsx";

/** Leads to the designer at a state, with the data that it saw in this execution pinned. */
export function DesignLink({
  view,
  stateKey,
}: {
  readonly view: Pick<ExecutionView, "executionArn" | "stateMachineArn">;
  readonly stateKey: string;
}) {
  const text = useText();
  return (
    <Link
      to="/workflows/$arn/design"
      params={{ arn: view.stateMachineArn }}
      search={{ state: stateKey, run: view.executionArn }}
      className="inline-flex min-h-6 items-center gap-1 rounded-md px-1.5 text-[13px] font-medium text-accent hover:underline"
    >
      <PencilRuler aria-hidden size={13} />
      {text.execution.openInDesigner}
    </Link>
  );
}

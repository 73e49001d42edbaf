import { Link } from "@tanstack/react-router";
import type { StackResourceView, StackView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import { driftText } from "./drift-text.ts";
import { StackStatus } from "./stack-status.tsx";

export function ResourcesTab({ stack }: { readonly stack: StackView }) {
  const { stacks: text } = useAroundText();
  return (
    <Table label={text.resources}>
      <thead>
        <tr>
          <Head>{text.resource}</Head>
          <Head>{text.type}</Head>
          <Head>{text.status}</Head>
          <Head>{text.id}</Head>
        </tr>
      </thead>
      <tbody>
        {stack.resources.map((resource) => (
          <tr key={resource.logicalId} className={rowLook}>
            <Cell className="font-medium">{resource.logicalId}</Cell>
            <Cell className="text-dim">{resource.type}</Cell>
            <Cell>
              {resource.isMadeUp ? (
                <span className="text-dim">{text.notMade}</span>
              ) : (
                <StackStatus status={resource.status} />
              )}
              <span className="block text-xs text-wait">{driftNote(text.drifts, resource)}</span>
            </Cell>
            <Cell className="min-w-64 break-all">
              <PhysicalId resource={resource} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function driftNote(
  texts: { readonly [status: string]: string },
  { drift }: StackResourceView,
): string | undefined {
  return drift === "IN_SYNC" ? undefined : driftText(texts, drift);
}

/** What has a page of its own leads there. */
function PhysicalId({
  resource: { type, physicalId, isMadeUp },
}: {
  readonly resource: StackResourceView;
}) {
  if (type !== "AWS::StepFunctions::StateMachine" || isMadeUp) return physicalId;
  return (
    <Link to="/workflows/$arn" params={{ arn: physicalId }} className="text-accent hover:underline">
      {physicalId}
    </Link>
  );
}

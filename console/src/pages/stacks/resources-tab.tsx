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
          <Head>{text.status}</Head>
          <Head className="hidden sm:table-cell">{text.id}</Head>
        </tr>
      </thead>
      <tbody>
        {stack.resources.map((resource) => (
          <tr key={resource.logicalId} className={rowLook}>
            <Cell className="w-full min-w-28 [overflow-wrap:anywhere] sm:w-auto sm:min-w-48">
              <span className="block font-medium">{resource.logicalId}</span>
              <span className="block text-xs text-dim">{resource.type}</span>
              {/* There is no room for a column of its own on a small screen. */}
              <span className="mt-0.5 block text-xs sm:hidden">
                <PhysicalId resource={resource} />
              </span>
            </Cell>
            <Cell>
              {resource.isMadeUp ? (
                <span className="text-dim">{text.notMade}</span>
              ) : (
                <StackStatus status={resource.status} />
              )}
              <span className="block text-xs text-wait">{driftNote(text.drifts, resource)}</span>
            </Cell>
            <Cell className="hidden min-w-64 break-all sm:table-cell">
              <PhysicalId resource={resource} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Where the page of triggers has those of a type. */
const triggersOf = {
  "AWS::Scheduler::Schedule": {},
  "AWS::Events::Rule": { tab: "rules" },
  "AWS::Pipes::Pipe": { tab: "pipes" },
  "AWS::ApiGatewayV2::Route": { tab: "routes" },
} as const;

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
  if (isMadeUp) return physicalId;
  const look = "text-accent hover:underline";
  switch (type) {
    case "AWS::StepFunctions::StateMachine":
      return (
        <Link to="/workflows/$arn" params={{ arn: physicalId }} className={look}>
          {physicalId}
        </Link>
      );
    case "AWS::Lambda::Function":
    case "AWS::Serverless::Function":
      return (
        <Link to="/functions" className={look}>
          {physicalId}
        </Link>
      );
    case "AWS::Scheduler::Schedule":
    case "AWS::Events::Rule":
    case "AWS::Pipes::Pipe":
    case "AWS::ApiGatewayV2::Route":
      return (
        <Link to="/triggers" search={triggersOf[type]} className={look}>
          {physicalId}
        </Link>
      );
    default:
      return physicalId;
  }
}

import { Link } from "@tanstack/react-router";
import type { StackResourceView, StackView } from "../../../../src/console/view-types.ts";
import { useAroundText } from "../../i18n/around/texts.ts";
import { Cell, Head, rowLook, Table } from "../../parts/table.tsx";
import type { TriggersSearch } from "../triggers/triggers-search.ts";
import { driftText } from "./drift-text.ts";
import { StackStatus } from "./stack-status.tsx";

export function ResourcesTab({ stack }: { readonly stack: StackView }) {
  const { stacks: text } = useAroundText();
  return (
    <Table label={text.resources}>
      <thead>
        <tr>
          <Head>{text.resource}</Head>
          <Head className="hidden sm:table-cell">{text.status}</Head>
          <Head className="hidden sm:table-cell">{text.id}</Head>
        </tr>
      </thead>
      <tbody>
        {stack.resources.map((resource) => (
          <tr key={resource.logicalId} className={rowLook}>
            <Cell className="[overflow-wrap:anywhere] sm:min-w-48">
              <span className="block font-medium">{resource.logicalId}</span>
              <span className="block text-xs text-dim">{resource.type}</span>
              {/* There is no room for columns of their own on a small screen. */}
              <span className="mt-0.5 block text-xs sm:hidden">
                <PhysicalId resource={resource} stackId={stack.stackId} />
                <span className="mt-0.5 block">
                  <ResourceStatus resource={resource} />
                </span>
              </span>
            </Cell>
            <Cell className="hidden sm:table-cell">
              <ResourceStatus resource={resource} />
            </Cell>
            <Cell className="hidden min-w-64 break-all sm:table-cell">
              <PhysicalId resource={resource} stackId={stack.stackId} />
            </Cell>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

/** How it is, why it is so, and whether it is still as the template says. */
function ResourceStatus({ resource }: { readonly resource: StackResourceView }) {
  const { stacks: text } = useAroundText();
  const { isMadeUp, status, reason, drift } = resource;
  if (isMadeUp) return <span className="text-dim">{text.notMade}</span>;
  return (
    <>
      <StackStatus status={status} />
      {reason !== undefined && (
        <span className="block max-w-96 text-xs [overflow-wrap:anywhere]">{reason}</span>
      )}
      {drift !== "IN_SYNC" && (
        <span className="block text-xs text-wait">{driftText(text.drifts, drift)}</span>
      )}
    </>
  );
}

/** What has a page of its own leads there. */
function PhysicalId({
  resource: { type, physicalId, isMadeUp },
  stackId,
}: {
  readonly resource: StackResourceView;
  readonly stackId: string;
}) {
  if (isMadeUp) return physicalId;
  const look = "text-accent hover:underline";
  const opened = (service: string, path: string) => ({ open: arnBeside(stackId, service, path) });
  const trigger = (search: TriggersSearch) => (
    <Link to="/triggers" search={search} className={look}>
      {physicalId}
    </Link>
  );
  switch (type) {
    case "AWS::StepFunctions::StateMachine":
      return (
        <Link to="/workflows/$arn" params={{ arn: physicalId }} className={look}>
          {physicalId}
        </Link>
      );
    case "AWS::Lambda::Function":
      return (
        <Link to="/functions" search={opened("lambda", `function:${physicalId}`)} className={look}>
          {physicalId}
        </Link>
      );
    case "AWS::Scheduler::Schedule":
      return trigger(opened("scheduler", `schedule/default/${physicalId}`));
    case "AWS::Events::Rule":
      // A rule of another bus than the default one is called by both names.
      return trigger({
        tab: "rules",
        ...opened("events", `rule/${physicalId.replace("|", "/")}`),
      });
    case "AWS::Events::EventBus":
      return trigger({ tab: "rules" });
    case "AWS::Events::Archive":
      return trigger({ tab: "archives", ...opened("events", `archive/${physicalId}`) });
    case "AWS::Pipes::Pipe":
      return trigger({ tab: "pipes", ...opened("pipes", `pipe/${physicalId}`) });
    case "AWS::ApiGatewayV2::Api":
    case "AWS::ApiGatewayV2::Route":
    case "AWS::ApiGateway::RestApi":
      return trigger({ tab: "routes" });
    case "AWS::StepFunctions::Activity":
      return (
        <Link to="/activities" className={look}>
          {physicalId}
        </Link>
      );
    case "AWS::CloudWatch::Alarm":
      return (
        <Link to="/alerts" className={look}>
          {physicalId}
        </Link>
      );
    case "AWS::CloudFormation::Stack":
      return (
        <Link to="/stacks" search={{ open: physicalId }} className={look}>
          {physicalId}
        </Link>
      );
    default:
      return physicalId;
  }
}

/** An ARN in the account and the Region of a stack. */
function arnBeside(stackId: string, service: string, path: string): string {
  const [arn, partition, , region, accountId] = stackId.split(":");
  return [arn, partition, service, region, accountId, path].join(":");
}

import {
  ArrowRight,
  Check,
  Columns3,
  Database,
  Diamond,
  Globe,
  Hourglass,
  List,
  Mail,
  SquareFunction,
  Timer,
  Workflow,
  X,
  type LucideIcon,
} from "lucide-react";
import { typeOfArn } from "../../../../src/machine/arns.ts";

const byType: Readonly<Record<string, LucideIcon>> = {
  Pass: ArrowRight,
  Choice: Diamond,
  Wait: Timer,
  Succeed: Check,
  Fail: X,
  Parallel: Columns3,
  Map: List,
};

/** The sign of a state: of a task, that of what it calls. */
export function StateIcon({
  type,
  resource = "",
  size = 15,
}: {
  readonly type: string;
  readonly resource?: string | undefined;
  readonly size?: number;
}) {
  const Icon = byType[type] ?? iconOfResource(resource);
  return <Icon aria-hidden size={size} />;
}

function iconOfResource(resource: string): LucideIcon {
  if (resource.endsWith(".waitForTaskToken") || typeOfArn(resource) === "activity")
    return Hourglass;
  if (/:states:::(aws-sdk:)?(states|sfn):/.test(resource)) return Workflow;
  if (/dynamodb|:s3:|rds|athena/.test(resource)) return Database;
  if (/sqs|sns|ses|events/.test(resource)) return Mail;
  if (/http:invoke|apigateway/.test(resource)) return Globe;
  return SquareFunction;
}

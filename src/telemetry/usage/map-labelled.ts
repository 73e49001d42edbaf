/** The ARN of the whole machine; children of a Map Run have one with the label of their Map behind it. */
export function mapLabelled(arn: string): {
  readonly stateMachineArn: string;
  readonly isChild: boolean;
} {
  const slash = arn.indexOf("/");
  return slash < 0
    ? { stateMachineArn: arn, isChild: false }
    : { stateMachineArn: arn.slice(0, slash), isChild: true };
}

const scope = "arn:aws:states:us-east-1:000000000000";

export const machineArn = (name: string): string => `${scope}:stateMachine:${name}`;
export const executionArn = (machine: string, name: string): string =>
  `${scope}:execution:${machine}:${name}`;
export const taskArn = (activity: string): string => `${scope}:activity:${activity}`;

/** The page of an ARN; `search` is what follows. */
export const pageOf = (place: "workflows" | "executions" | "map-runs", arn: string): string =>
  `/${place}/${encodeURIComponent(arn)}`;

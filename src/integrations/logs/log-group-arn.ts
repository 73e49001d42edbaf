/** The log group that an ARN names. */
export interface LogGroupName {
  readonly region: string;
  readonly accountId: string;
  readonly name: string;
}

/** Splits `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`; `undefined` if it is not one. */
export function parseLogGroupArn(arn: string): LogGroupName | undefined {
  const match = /^arn:[^:]+:logs:([^:]*):(\d*):log-group:([^:]+)(?::\*)?$/.exec(arn);
  if (match === null) return undefined;
  const [, region = "", accountId = "", name = ""] = match;
  return { region, accountId, name };
}

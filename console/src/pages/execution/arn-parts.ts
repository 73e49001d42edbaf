/** What stands behind the last colon of an ARN: an execution's name, an alias. */
export function lastPart(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}

/** `user/alice`, `Operator/alice@example.com`: whom an ARN of IAM or STS names, without what the session of a role is called there. */
export function principalName(arn: string): string {
  return lastPart(arn).replace(/^assumed-role\//, "");
}

/** Whether it names an execution, as that of a task which started another one. */
export function isExecutionArn(text: string): boolean {
  return /^arn:[^:]*:states:[^:]*:[^:]*:(?:execution|express):/.test(text);
}

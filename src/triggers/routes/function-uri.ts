/** The function that an integration or an authorizer names: by its ARN, or by the URI of its invocations. */
export function functionOfUri(uri: string): string {
  return /:lambda:path\/\/?2015-03-31\/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

/** Whether it is the ARN of a function, which may have a version or an alias. */
export function isFunctionArn(text: string): boolean {
  return /^arn:[^:]+:lambda:[^:]+:\d+:function:[^:/]+(?::[\w$-]+)?$/.test(text);
}

import { server } from "../../api/client.ts";

/** The ARN that somebody means by an ARN or a name; `undefined`: there is none. A run of the same workflow comes first. */
export async function findExecution(
  given: string,
  near: string | undefined,
): Promise<string | undefined> {
  const sought = given.trim();
  if (/^arn:[^:]*:states:[^:]*:[^:]*:(?:execution|express):/.test(sought)) return sought;
  if (sought === "" || sought.includes('"')) return undefined;
  const { rows } = await server.executions(`name:"${sought}"`);
  const called = rows.filter(({ name }) => name === sought);
  const found = called.find(({ executionArn }) => workflowOf(executionArn) === workflowOf(near));
  return (found ?? called[0])?.executionArn;
}

/** An execution's ARN without its own part. */
function workflowOf(executionArn: string | undefined): string | undefined {
  return executionArn?.split(":").slice(0, 7).join(":");
}

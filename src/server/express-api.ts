import type { JsonObject } from "../expression/json.ts";
import { ApiError } from "../service/errors/api-error.ts";
import type { ExpressExecutions } from "../service/express-executions.ts";
import type { RequestContext } from "../service/operation.ts";

const path = "/stepwell/express-executions";

/**
 * Answers `GET /stepwell/express-executions`, the list, and `GET /stepwell/express-executions/ARN`, one of them with its
 * history; `undefined` for any other request. Ours: docs/express-history.md.
 */
export async function answerExpressRequest(
  method: string | undefined,
  url: string | undefined,
  express: ExpressExecutions,
  request: RequestContext,
): Promise<{ readonly status: number; readonly body: JsonObject } | undefined> {
  if (method !== "GET" || url?.startsWith(path) !== true) return undefined;
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const asked = (name: string): string | undefined => searchParams.get(name) ?? undefined;
  try {
    if (pathname === path) {
      const query = {
        stateMachineArn: asked("stateMachineArn"),
        status: asked("status"),
        maxResults: asked("maxResults"),
        nextToken: asked("nextToken"),
      };
      return { status: 200, body: await express.list(query, request) };
    }
    if (!pathname.startsWith(`${path}/`)) return undefined;
    const executionArn = decodeURIComponent(pathname.slice(path.length + 1));
    const options = { includeExecutionData: asked("includeExecutionData") !== "false" };
    return { status: 200, body: await express.describe(executionArn, options, request) };
  } catch (error) {
    if (error instanceof URIError) return { status: 400, body: { message: error.message } };
    if (!(error instanceof ApiError)) throw error;
    const status = error.code === "ExecutionDoesNotExist" ? 404 : error.statusCode;
    return { status, body: error.body };
  }
}

import type { TryDesk } from "../../console/designer/try/try-desk.ts";
import type { ApiRequest } from "./console-api.ts";
import { decoded } from "./decoded.ts";

type TryRoute = (request: ApiRequest, arn: string, name: string) => Promise<object>;

/** The routes of what the designer tries a workflow with, below `designer`. The first `*` is an ARN, the second a test case's name. */
export function designerTryRoutes(desk: TryDesk): Readonly<Record<string, TryRoute>> {
  return {
    "POST simulate": ({ body, context }) => desk.simulate(body, context),
    "POST run-cases": ({ body, context }) => desk.runDraftCases(body, context),
    "POST mock-file": ({ body, context }) => desk.draftMockFile(body, context),
    "POST read-mock-file": ({ body, context }) => desk.readMockFile(body, context),
    "GET test-cases/*": ({ context }, arn) => desk.testCases(arn, context),
    "PUT test-cases/*": ({ body, context }, arn) => desk.replaceTestCases(arn, body, context),
    "DELETE test-cases/*": ({ context }, arn) => desk.deleteTestCases(arn, context),
    "GET test-cases/*/*": ({ context }, arn, name) => desk.testCase(arn, name, context),
    "PUT test-cases/*/*": ({ body, context }, arn, name) =>
      desk.putTestCase(arn, name, body, context),
    "DELETE test-cases/*/*": ({ context }, arn, name) => desk.deleteTestCase(arn, name, context),
    "POST run-cases/*": ({ body, context }, arn) => desk.runCases(arn, body, context),
    "POST mock-file/*": ({ body, context }, arn) => desk.mockFile(arn, body, context),
    "GET case-of/*": ({ context }, arn) => desk.caseOf(arn, context),
  };
}

/** Answers those routes: `undefined` for what there is not. */
export function designerTryApi(
  desk: TryDesk,
): (request: ApiRequest) => Promise<object> | undefined {
  const routes = designerTryRoutes(desk);
  return (request) => {
    const [, , area, what = "", ...ids] = request.url.pathname.split("/").map(decoded);
    if (area !== "designer") return undefined;
    const route = `${request.method} ${[what, ...ids.map(() => "*")].join("/")}`;
    if (!Object.hasOwn(routes, route)) return undefined;
    const [arn = "", name = ""] = ids;
    return routes[route]?.(request, arn, name);
  };
}

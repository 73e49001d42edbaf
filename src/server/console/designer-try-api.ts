import type { TryDesk } from "../../console/designer/try/try-desk.ts";
import type { ApiRequest } from "./console-api.ts";
import { decoded } from "./decoded.ts";

/** The routes of what the designer tries a workflow with: `undefined` for what there is not. */
export function designerTryApi(
  desk: TryDesk,
): (request: ApiRequest) => Promise<object> | undefined {
  return ({ method, url, body, context }) => {
    const [, , area, what = "", arn, name, ...more] = url.pathname.split("/").map(decoded);
    if (area !== "designer" || more.length > 0) return undefined;
    if (arn === undefined) {
      if (method !== "POST") return undefined;
      if (what === "simulate") return desk.simulate(body, context);
      if (what === "run-cases") return desk.runDraftCases(body, context);
      if (what === "mock-file") return desk.draftMockFile(body);
      if (what === "read-mock-file") return desk.readMockFile(body);
      return undefined;
    }
    if (what === "test-cases" && name !== undefined) {
      if (method === "GET") return desk.testCase(arn, name, context);
      if (method === "PUT") return desk.putTestCase(arn, name, body, context);
      return method === "DELETE" ? desk.deleteTestCase(arn, name, context) : undefined;
    }
    if (name !== undefined) return undefined;
    switch (`${method} ${what}`) {
      case "GET test-cases":
        return desk.testCases(arn, context);
      case "PUT test-cases":
        return desk.replaceTestCases(arn, body, context);
      case "DELETE test-cases":
        return desk.deleteTestCases(arn, context);
      case "POST run-cases":
        return desk.runCases(arn, body, context);
      case "POST mock-file":
        return desk.mockFile(arn, body, context);
      case "GET case-of":
        return desk.caseOf(arn, context);
      default:
        return undefined;
    }
  };
}

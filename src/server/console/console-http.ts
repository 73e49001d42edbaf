import type { IncomingMessage, ServerResponse } from "node:http";
import type { ConsoleService } from "../../console/console-service.ts";
import type { LinkDesk } from "../../console/questions/link-desk.ts";
import type { IamService } from "../../iam/operations/iam-service.ts";
import type { AuditTrail } from "../../ports/audit-trail.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import { systemClock } from "../../runtime/system-clock.ts";
import type { Service } from "../../service/service.ts";
import type { RefusedRequests } from "../audit/refused-requests.ts";
import type { FindExecutions } from "../filtered-executions.ts";
import { httpErrors } from "../http-errors.ts";
import { ApiHttp } from "./api-http.ts";
import type { ConsoleAccess } from "./console-access.ts";
import { consoleApi } from "./console-api.ts";
import { decoded } from "./decoded.ts";
import { refuse, wantsPage } from "./json-http.ts";
import { answerLink, linkPath } from "./link-http.ts";
import { LinkPage } from "./link-page/link-page.ts";
import { OpenStreams } from "./open-streams.ts";
import type { ConsoleSignIn } from "./sign-in/browser-requests.ts";
import { securityHeaders, StaticFiles } from "./static-files.ts";

export interface ConsoleHttpOptions {
  readonly console: ConsoleService;
  readonly service: Service;
  /** Hands out links to questions, and has their page; absent: there are none. */
  readonly links?: LinkDesk;
  readonly clock?: Clock;
  /** The folder of the built console. */
  readonly folder: string;
  /** Where it is served: `/console`, without a slash at the end. */
  readonly basePath: string;
  readonly logger: Logger;
  /** Finds out who calls; absent: nobody is asked who he is. */
  readonly access?: ConsoleAccess | undefined;
  /** How browsers sign in; absent: they do not. */
  readonly signIn?: ConsoleSignIn | undefined;
  /** IAM, for the pages that show who may what; absent: there is none. */
  readonly iam?: IamService | undefined;
  /** Whether whoever opens a link to a question has to be signed in. */
  readonly linksNeedSignIn?: boolean | undefined;
  /** Where its requests are written down; absent: nowhere. */
  readonly audit?: AuditTrail | undefined;
  readonly refused?: RefusedRequests | undefined;
}

export interface ConsoleHttp {
  /** Where its first page is: `/console/`. */
  readonly path: string;
  /** Answers the request if it is the console's; `false`: it is not. */
  handle(request: IncomingMessage, response: ServerResponse): boolean;
  /** Finds executions by the language of the list's filter. */
  readonly find: FindExecutions;
  /** Ends the streams. */
  close(): void;
}

/** The console over HTTP: its files, its own API below `BASE/api/`, and the stream of what changes. */
export function createConsoleHttp(options: ConsoleHttpOptions): ConsoleHttp {
  const { console: views, service, basePath, access, signIn } = options;
  const { scope } = service;
  const files = new StaticFiles(options.folder, basePath, views.version);
  const build = (): string => files.build;
  const streams = new OpenStreams({ console: views, access, build });
  const { iam, links } = options;
  const api = consoleApi({ views, service, iam, links, linkBase: basePath + linkPath, build });
  const apiHttp = new ApiHttp({ ...options, api, streams, scope });
  const linkHttp = links && {
    ...options,
    scope,
    page: new LinkPage(links, views.questions, options.clock ?? systemClock),
    needSignIn: options.linksNeedSignIn === true,
  };

  function handle(request: IncomingMessage, response: ServerResponse): boolean {
    const { method = "GET", url = "/" } = request;
    const isRead = method === "GET" || method === "HEAD";
    const isOnTheWay = url === basePath || url.startsWith(`${basePath}?`);
    if (isRead && (isOnTheWay || (url === "/" && wantsPage(request)))) {
      response.writeHead(302, { ...securityHeaders, Location: `${basePath}/` });
      response.end();
      return true;
    }
    if (!url.startsWith(`${basePath}/`)) return false;
    const asked = new URL(`http://localhost${url.slice(basePath.length)}`);
    if (asked.pathname.startsWith("/api/")) {
      void apiHttp.answer(request, response, asked);
      return true;
    }
    if (access !== undefined && !access.hasSessions) {
      const { statusCode, body } = httpErrors.signIn();
      refuse(request, response, statusCode, body);
      return true;
    }
    if (signIn?.pages.visit(request, response, asked) === true) return true;
    if (linkHttp !== undefined && asked.pathname.startsWith(linkPath)) {
      void answerLink(linkHttp, request, response, decoded(asked.pathname.slice(linkPath.length)));
      return true;
    }
    if (!isRead) return false;
    if (!files.isBuilt) {
      response.writeHead(503, { ...securityHeaders, "Content-Type": "text/plain; charset=utf-8" });
      response.end("The console has not been built: npm run build\n");
      return true;
    }
    files.answer(request, response, decoded(asked.pathname.slice(1)));
    return true;
  }

  return {
    path: `${basePath}/`,
    handle,
    find: (filter, request) => views.executions.exactly(filter, request),
    close() {
      streams.close();
      views.close();
    },
  };
}

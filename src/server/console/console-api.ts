import type { ConsoleService } from "../../console/console-service.ts";
import type { LinkDesk } from "../../console/questions/link-desk.ts";
import type { MeView, SessionView } from "../../console/view-types.ts";
import type { IamService } from "../../iam/operations/iam-service.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { Service } from "../../service/service.ts";
import { decoded } from "./decoded.ts";
import { designerRoutes } from "./designer-api.ts";
import { designerTryApi } from "./designer-try-api.ts";
import { iamRoute } from "./iam-api.ts";
import { inOwnName } from "./own-name.ts";
import { Query } from "./query.ts";
import { triggerRoutes } from "./trigger-api.ts";
import { saveDefinitionRoute } from "./save-definition.ts";

/** A request to the console's own API. */
export interface ApiRequest {
  readonly method: string | undefined;
  /** Below the base path: `/api/executions/ARN/visits?parent=3`. */
  readonly url: URL;
  readonly host: string;
  /** What was sent, parsed. */
  readonly body: unknown;
  readonly context: RequestContext;
  /** Who is signed in with a browser. */
  readonly me?: MeView | undefined;
}

export interface ApiParts {
  readonly views: ConsoleService;
  readonly service: Service;
  /** Absent: there is no IAM beside it. */
  readonly iam?: IamService | undefined;
  readonly links: LinkDesk | undefined;
  /** What stands before the secret part of a link's path. */
  readonly linkBase: string;
  /** See `SessionView.build`. */
  readonly build: () => string;
}

/** Answers one route; `id` is the part of the path that its `*` stands for. */
export type Route = (request: ApiRequest, id: string, query: Query) => Promise<object>;

/** The console's routes, but for what the designer tries a workflow with; a `*` stands for one part of the path. */
export function consoleRoutes({
  views,
  service,
  iam,
  links,
  linkBase,
  build,
}: ApiParts): Readonly<Record<string, Route>> {
  const { cluster } = views;
  return {
    "GET session": async ({ host, context, me }) => {
      const session: SessionView = {
        ...(await views.server.session(`http://${host}`, context)),
        build: build(),
        ...(views.audit.isOn && { audit: true }),
        ...(views.standIns.isOn && { standIns: "memory" }),
        ...(me && { me }),
      };
      return session;
    },
    "GET home": ({ context }, _, query) => views.home.view(query.window(), context),
    "GET workflows": ({ context }) => views.workflows.list(context),
    "GET workflow-facts": ({ context }) => views.workflows.facts(context),
    "GET workflows/*/states": ({ context }, arn) => views.workflows.states(arn, context),
    "GET workflows/*/triggers": ({ context }, arn) => views.workflowTriggers.view(arn, context),
    "GET workflows/*/outcomes": ({ context }, arn, query) =>
      views.workflows.outcomes(arn, query.number("hours") ?? 24, context),
    "GET workflows/*/series": ({ context }, arn, query) =>
      views.workflows.series(arn, query.number("hours") ?? 24, context),
    "POST workflows/*/definition": saveDefinitionRoute(service),
    "GET executions": ({ context }, _, query) => {
      const after = query.text("after");
      const filter = query.text("filter") ?? "";
      return views.executions.page({ filter, ...(after !== undefined && { after }) }, context);
    },
    "GET executions/*": ({ context }, arn) => views.executions.one(arn, context),
    "GET executions/*/visits": ({ context }, arn, query) =>
      views.executions.visits(
        arn,
        {
          ...query.page(500),
          ...query.numbers("parent", "lane"),
          ...query.texts("status", "key"),
        },
        context,
      ),
    "GET executions/*/events": ({ context }, arn, query) => {
      const range = {
        limit: query.page(500).limit,
        reverse: query.text("reverse") === "true",
        ...query.numbers("from"),
      };
      return views.executions.events(arn, range, query.text("data") === "true", context);
    },
    "GET executions/*/neighbours": ({ context }, arn) => views.relations.neighbours(arn, context),
    "GET executions/*/children": ({ context }, arn, query) =>
      views.relations.children(arn, query.page(100), context),
    "GET executions/*/digests": ({ context }, arn) => views.relations.digests(arn, context),
    "GET executions/*/items": ({ context }, arn, query) =>
      views.executions.items(arn, query.number("visit") ?? 0, context),
    "GET executions/*/function-log": ({ context }, arn, query) => {
      const { task: taskId = 0, after = 0 } = query.numbers("task", "after");
      return views.functionLogs.view(arn, { taskId, after }, context);
    },
    "GET map-runs": ({ context }) => views.mapRuns.list(context),
    "GET map-runs/*": ({ context }, arn) => views.mapRuns.view(arn, context),
    "GET map-runs/*/children": ({ context }, arn, query) =>
      views.mapRuns.children(arn, { ...query.page(200), ...childFilter(query) }, context),
    "GET map-runs/*/mask": ({ context }, arn, query) =>
      views.mapRuns.mask(arn, childFilter(query), context),
    "GET map-runs/*/times": ({ context }, arn) => views.mapRuns.times(arn, context),
    "GET approvals": ({ context }) => views.questions.list(context),
    "POST approvals": ({ body, context }) =>
      views.questions.answer(inOwnName(body, context), context),
    "POST approvals/views": ({ body, context }) =>
      views.questions.noteView(inOwnName(body, context), context),
    "POST approvals/claims": ({ body, context }) =>
      views.questions.claim(inOwnName(body, context), context),
    "GET approvals/audit": ({ context }, _, query) =>
      views.questions.audit(
        {
          ...query.page(100),
          ...query.numbers("taskId"),
          ...query.texts("action", "executionArn", "stateMachineArn", "key"),
        },
        context,
      ),
    "GET audit": ({ context }, _, query) =>
      views.audit.page(
        {
          limit: query.page(100).limit,
          ...query.texts("who", "action", "resource", "outcome"),
          ...query.numbers("since", "until", "before"),
          changesOnly: query.text("changesOnly") === "true",
        },
        context,
      ),
    "GET activities": ({ context }) => views.activities.list(context),
    "GET jobs": ({ context }) => views.jobs.list(context),
    "GET jobs/*": ({ context }, id) => views.jobs.find(id, context),
    "POST jobs": ({ body, context }) => views.jobs.ask(body, context),
    "POST jobs/*": ({ body, context }, id) => views.jobs.change(id, body, context),
    "GET metrics": ({ context }, _, query) =>
      views.metrics.view(
        { minutes: query.number("minutes") ?? 60, window: query.window() },
        context,
      ),
    "GET cost": ({ context }, _, query) =>
      views.telemetry.cost(query.texts("month", "by"), context),
    "GET alerts": ({ context }) => views.telemetry.alerts(context),
    "GET health": ({ context }) => views.server.health(context),
    "GET settings": ({ host, context }) => views.server.about(`http://${host}`, context),
    "GET settings/call-targets": ({ context }) => views.server.callTargets(context),
    "GET settings/storage": ({ context }) => views.server.storage(context),
    "GET settings/diagnostics": ({ context }) => views.server.diagnostics(context),
    "GET stacks": ({ context }) => views.stacks.list(context),
    "GET stack-of/*": ({ context }, arn) => views.stacks.ofResource(arn, context),
    "GET stacks/*": ({ context }, id) => views.stacks.one(id, context),
    "POST stacks/*/drift": ({ context }, id) => views.stacks.detectDrift(id, context),
    "GET stand-ins": ({ context }) => views.standIns.view(context),
    "GET stand-ins/*/messages": ({ context }, arn) => views.standIns.messages(arn, context),
    "GET stand-ins/*/items": ({ context }, arn) => views.standIns.items(arn, context),
    ...triggerRoutes(views),
    ...designerRoutes(views.designer),
    "POST call/*": ({ body, context }, operation) => service.call(operation, body, context),
    ...(iam && { "POST iam/*": iamRoute(iam) }),
    ...(cluster && {
      "GET settings/cluster": ({ context }) => cluster.view(context),
    }),
    ...(links && {
      "POST links": async ({ host, body, context }) => {
        const { sealed, expiresAt } = await links.make(inOwnName(body, context), context);
        return { url: `http://${host}${linkBase}${sealed}`, expiresAt };
      },
    }),
  };
}

/** The console's API as a function: `undefined` for what there is not. */
export function consoleApi(parts: ApiParts): (request: ApiRequest) => Promise<object> | undefined {
  const routes = consoleRoutes(parts);
  const designerTry = designerTryApi(parts.views.designer.trying);
  return (request) => {
    const tried = designerTry(request);
    if (tried !== undefined) return tried;
    const [, , ...parts] = request.url.pathname.split("/");
    // What a `*` may stand for is no name of a kind, which is first.
    const starred = parts
      .map((id, place) => ({ path: parts.with(place, "*").join("/"), id }))
      .slice(1);
    const found = [{ path: parts.join("/"), id: parts[1] ?? "" }, ...starred].find(({ path }) =>
      Object.hasOwn(routes, `${request.method} ${path}`),
    );
    return found === undefined
      ? undefined
      : routes[`${request.method} ${found.path}`]?.(
          request,
          decoded(found.id),
          new Query(request.url.searchParams),
        );
  };
}

function childFilter(query: Query) {
  return { ...query.texts("status", "error"), ...query.numbers("index", "least", "below") };
}

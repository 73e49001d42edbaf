/**
 * Lets the handlers of custom resources answer this server. Standalone: it is a part of `node-bootstrap.ts`.
 *
 * Most handlers, CDK's and AWS's own module among them, take a `ResponseURL` apart and send the answer by HTTPS to port 443 of its host,
 * where CloudFormation listens. What they send to the path of a URL that came with an event goes to that URL as it is.
 */

const known = new Map<string, URL>();
/** Until it has answered, a waiting handler may be called many times; nobody has more resources than this in one process. Our choice. */
const mostKnown = 1_000;

/** Notes the URLs in an event that custom resources are answered at; looks for them only where there may be one. */
export function noteResponseUrls(event: string): void {
  if (!event.includes("/cloudformation-responses/")) return;
  if (known.size === 0) redirectAnswers();
  if (known.size > mostKnown) known.clear();
  for (const [text] of event.matchAll(/https?:\/\/[^"\\\s]+?\/cloudformation-responses\/[\w-]+/g)) {
    const url = new URL(text);
    known.set(url.pathname, url);
  }
}

function redirectAnswers(): void {
  const https = process.getBuiltinModule("node:https");
  const http = process.getBuiltinModule("node:http");
  const { request } = https;
  https.request = ((...given: Parameters<typeof request>) => {
    const url = known.get(pathOf(given[0] as unknown));
    if (url === undefined) return request(...given);
    const options = Object.assign({}, ...given.filter(isOptions)) as object;
    const answered = given.find((each) => typeof each === "function") as undefined;
    const { protocol, hostname, port, pathname } = url;
    const here = {
      ...options,
      agent: undefined,
      protocol,
      host: hostname,
      hostname,
      port,
      path: pathname,
    };
    return protocol === "http:" ? http.request(here, answered) : request(here, answered);
  }) as typeof request;
  process.getBuiltinModule("node:module").syncBuiltinESMExports();
}

function isOptions(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(value instanceof URL);
}

function pathOf(target: unknown): string {
  if (target instanceof URL) return target.pathname;
  if (typeof target === "string") return URL.canParse(target) ? new URL(target).pathname : "";
  return String(Reflect.get(target as object, "path"));
}

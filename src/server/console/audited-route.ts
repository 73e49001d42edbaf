/** The console's own API, as the audit log has it. */
export const consoleSource = "console.stepwell";

/** *Our choice*: ids are long, names of routes are not. */
const mostParameters = 4;

/**
 * A request to the console's API as it is to be written down: `GET executions/*`, with the ids of its path beside. What follows a `?` may
 * have data of executions in it, and is not.
 */
export function routeToAudit(method: string | undefined, { pathname }: URL) {
  const parts = pathname.replace(/^\/api\//, "").split("/");
  const ids = parts.map(decodedId).filter((id) => id !== undefined);
  const route = parts.map((part) => (decodedId(part) === undefined ? part : "*")).join("/");
  return {
    eventSource: consoleSource,
    eventName: `${method} ${route}`,
    isReadOnly: method === "GET" || method === "HEAD",
    ...(ids.length > 0 && {
      requestParameters: Object.fromEntries(
        ids
          .slice(0, mostParameters)
          .map((id, index) => [index === 0 ? "id" : `id${index + 1}`, id]),
      ),
    }),
  };
}

/** ARNs have colons. */
function decodedId(part: string): string | undefined {
  try {
    const id = decodeURIComponent(part);
    return id.includes(":") ? id.slice(0, 2_048) : undefined;
  } catch {
    return undefined;
  }
}

import { inject } from "vitest";

/** The address of a database of its own on the server that all test files share; or why there is none here. */
export async function sharedPostgres(): Promise<{ readonly url: string } | string> {
  const response = await fetch(inject("postgresDoor"), { method: "POST" });
  const { url, missing } = (await response.json()) as { url?: string; missing?: string };
  return url === undefined
    ? (missing ?? `asking for a database is answered ${response.status}`)
    : { url };
}

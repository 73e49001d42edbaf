import { basePath } from "./client.ts";

/** The stream of what the query names. */
export function openStream(query: string): EventSource {
  return new EventSource(`${basePath}/api/stream?${query}`);
}

import { createContext, useContext } from "react";
import { server, type EventPage } from "../../api/client.ts";

/** Where a run's events and documents are read: the server, or a file. */
export interface EventSource {
  readonly isFile: boolean;
  /** Whether the definition is the one that it ran by: one that was made of the run has no Retry. */
  readonly hasDefinition: boolean;
  readonly events: (
    executionArn: string,
    query: { readonly from: number; readonly limit: number },
  ) => Promise<EventPage>;
}

const ofServer: EventSource = {
  isFile: false,
  hasDefinition: true,
  events: (executionArn, query) => server.events(executionArn, { ...query, data: true }),
};

/** Of whoever shows something else than the server's executions. */
export const EventSourceContext = createContext(ofServer);

export function useEventSource(): EventSource {
  return useContext(EventSourceContext);
}

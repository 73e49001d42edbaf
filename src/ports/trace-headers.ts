/** The trace that a call belongs to, as whoever is called reads it. */
export interface TraceHeaders {
  /** W3C's: `00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01`. */
  readonly traceparent: string;
  /** X-Ray's: `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1`. */
  readonly traceHeader: string;
}

/** What `serve.ts` is told, as JSON. */
export interface ServeOptions {
  readonly dataDir: string;
  readonly functionsFolder: string;
  readonly objectFolder: string;
  readonly hasConsole: boolean;
  /** Whether what executions come to is counted. */
  readonly hasTelemetry: boolean;
  /** The PostgreSQL of the cluster that it is a node of; absent: it is alone, with a store in `dataDir`. */
  readonly clusterUrl?: string;
}

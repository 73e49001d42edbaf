/** Where APIs are that are not at AWS. */
export interface ApiGatewayConfiguration {
  /** By the id of an API, the first part of its `ApiEndpoint`: the URL that stands for it, up to the stage. */
  readonly endpoints?: { readonly [apiId: string]: string };
}

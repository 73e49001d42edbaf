/** The part of dynalite, which has no types, that tests use: DynamoDB's API over HTTP. */
declare module "dynalite" {
  import type { Server } from "node:http";
  export default function dynalite(options: { readonly createTableMs?: number }): Server;
}

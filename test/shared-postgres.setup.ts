import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startPostgres } from "./contracts/postgres-server.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where `sharedPostgres` asks for a database. */
    postgresDoor: string;
  }
}

/** One PostgreSQL for all test files, which starts when the first of them asks for a database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  let starting: ReturnType<typeof startPostgres> | undefined;
  let databases = 0;

  async function database(): Promise<{ readonly url: string } | { readonly missing: string }> {
    starting ??= startPostgres();
    const server = await starting;
    if (typeof server === "string") return { missing: server };
    const name = `tests_${++databases}`;
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    await client.query(`CREATE DATABASE ${name}`);
    await client.end();
    return { url: server.url.replace(/[^/]*$/, name) };
  }

  const door = createServer((_request, response) => {
    database().then(
      (answer) => response.end(JSON.stringify(answer)),
      (error: unknown) => response.end(JSON.stringify({ missing: String(error) })),
    );
  });
  await new Promise<void>((resolve) => door.listen(0, "127.0.0.1", resolve));
  const { port } = door.address() as AddressInfo;
  project.provide("postgresDoor", `http://127.0.0.1:${port}`);

  return async () => {
    door.close();
    const server = await starting;
    if (server !== undefined && typeof server !== "string") await server.stop();
  };
}

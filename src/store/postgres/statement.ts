/** One SQL statement of this store. */
export interface Statement {
  /** Under which a connection keeps it prepared. */
  readonly name: string;
  /** Tables are written `@name`: they are in the store's schema. */
  readonly text: string;
  /** How long an answer is waited for before the connection is given up as broken, in milliseconds. */
  readonly waitMs: number;
}

/** Our choice: longer than any statement but the bulk ones takes on a server that works. */
const usualWaitMs = 30_000;

/** For statements over many rows. */
export const bulkWaitMs = 300_000;

/** PostgreSQL cuts off what is longer. */
const longestName = 63;

const statements = new Map<string, Statement>();

/**
 * Makes a statement. It may use only what PostgreSQL, Citus, YugabyteDB and CockroachDB share, and leave nothing in its
 * session; a test reads them all.
 */
export function statement(name: string, text: string, waitMs = usualWaitMs): Statement {
  const made = { name, text, waitMs };
  if (statements.has(name)) throw new Error(`there are two statements ${name}`);
  if (name.length > longestName) throw new Error(`the name ${name} is too long`);
  statements.set(name, made);
  return made;
}

/** Every statement that was made. */
export function everyStatement(): readonly Statement[] {
  return [...statements.values()];
}

/** The text with its tables in a schema. */
export function inSchema(text: string, schema: string): string {
  const quoted = `"${schema.replaceAll('"', '""')}"`;
  return text.replaceAll(/@(\w+)/g, (_, table: string) => `${quoted}.${table}`);
}

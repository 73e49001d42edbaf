import type { ArnScope } from "../../machine/arns.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { PipeRecord } from "./pipe-record.ts";

/** What is the matter with a pipe that does not go on. */
interface PipeProblem {
  readonly problem: string;
}

/** *Documented*: the ARN of a pipe. */
export function pipeArn({ partition, region, accountId }: ArnScope, name: string): string {
  return `arn:${partition}:pipes:${region}:${accountId}:pipe/${name}`;
}

/** The pipes that are documents, and what was last the matter with any. */
export class PipeBook {
  readonly #pipes: DocumentCollection<PipeRecord>;
  readonly #problems: DocumentCollection<PipeProblem>;

  constructor(store: DocumentStore) {
    this.#pipes = new DocumentCollection(store, "pipes.pipe");
    this.#problems = new DocumentCollection(store, "pipes.problem");
  }

  pipe(arn: string): Promise<PipeRecord | undefined> {
    return this.#pipes.get(arn);
  }

  async all(prefix = ""): Promise<readonly PipeRecord[]> {
    const records: PipeRecord[] = [];
    for await (const { value } of this.#pipes.all(prefix)) records.push(value);
    return records;
  }

  async change(
    arn: string,
    change: (before: PipeRecord | undefined) => PipeRecord | undefined,
  ): Promise<PipeRecord | undefined> {
    return this.#pipes.updated(arn, change);
  }

  async problem(arn: string): Promise<string | undefined> {
    return (await this.#problems.get(arn))?.problem;
  }

  async report(arn: string, problem: string | undefined): Promise<void> {
    await this.#problems.update(arn, () => (problem === undefined ? undefined : { problem }));
  }
}

import type { DocumentStore } from "../../ports/document-store.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { ParameterRecord } from "./parameter-record.ts";

/** *Documented*: 1,011 characters with the ARN's beginning. *Our choice* of fewer: the id of a document. */
const longestName = 450;
/** *Documented*. */
const mostLevels = 15;

/** The parameters of all Regions. */
export class Parameters {
  readonly #documents: DocumentCollection<ParameterRecord>;

  constructor(store: DocumentStore) {
    this.#documents = new DocumentCollection(store, "ssm.parameter");
  }

  get(region: string, name: string): Promise<ParameterRecord | undefined> {
    return this.#documents.get(`${region}/${name}`);
  }

  update(
    region: string,
    name: string,
    change: (before: ParameterRecord | undefined) => ParameterRecord | undefined,
  ): Promise<void> {
    return this.#documents.update(`${region}/${name}`, change);
  }

  /** Those whose names begin with `prefix`, by their names, after `after`. */
  async *all(region: string, prefix: string, after: string): AsyncGenerator<ParameterRecord> {
    const found = this.#documents.all(`${region}/${prefix}`, `${region}/${after}`);
    for await (const { value } of found) yield value;
  }
}

export function checkedName(name: string): string {
  const isAllowed =
    /^[a-zA-Z0-9_.\-/]+$/.test(name) && (!name.includes("/") || name.startsWith("/"));
  if (!isAllowed || name.endsWith("/") || name.length > longestName) {
    throw new ServiceError(
      "ValidationException",
      `Parameter name: can't be prefixed with "ssm" (case-insensitive). If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_ (here at most ${longestName} characters)`,
    );
  }
  if (/^\/?(?:aws|ssm)/i.test(name)) {
    throw new ServiceError(
      "ValidationException",
      `Parameter name: can't be prefixed with "aws" or "ssm" (case-insensitive).`,
    );
  }
  if (name.split("/").length - 1 > mostLevels) {
    throw new ServiceError(
      "HierarchyLevelLimitExceededException",
      `Parameter name can have at most ${mostLevels} levels`,
    );
  }
  return name;
}

/** *Documented*: it may be asked for by its ARN, and with its version. */
export function nameAndVersion(text: string): {
  readonly name: string;
  readonly version?: number;
} {
  const name = text.replace(/^arn:[^:]*:ssm:[^:]*:[^:]*:parameter/, "");
  const [, plain, version] = /^(.*):(\d+)$/.exec(name) ?? [];
  return plain === undefined ? { name } : { name: plain, version: Number(version) };
}

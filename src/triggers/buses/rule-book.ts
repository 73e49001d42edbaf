import type { JsonObject } from "../../expression/json.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { EventPattern } from "../../eventing/pattern/event-pattern.ts";
import { parsePattern } from "../../eventing/pattern/parse-pattern.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import { busArn, defaultBus, documentId } from "./event-arns.ts";
import { readTarget, type RuleTarget } from "./rule-target.ts";
import type { ArchiveRecord, BusRecord, RuleRecord } from "./records.ts";

/** A rule with its pattern compiled. */
export interface Rule {
  readonly record: RuleRecord;
  /** Absent: it has a schedule only. */
  readonly pattern?: EventPattern | undefined;
  readonly targets: readonly RuleTarget[];
}

export interface Archive {
  readonly record: ArchiveRecord;
  /** Absent: all events. */
  readonly pattern?: EventPattern | undefined;
}

/** What is on a bus. */
export interface BusContents {
  /** Whether there is such a bus. */
  readonly isThere: boolean;
  readonly rules: readonly Rule[];
  readonly archives: readonly Archive[];
}

/**
 * Buses, rules and archives: documents, and what is remembered of them. Changes are told to the other nodes of a cluster as those of users
 * are (collections that begin with `events.`), so that an event meets the rules that were there when it came.
 */
export class RuleBook {
  readonly buses: DocumentCollection<BusRecord>;
  readonly rules: DocumentCollection<RuleRecord>;
  readonly archives: DocumentCollection<ArchiveRecord>;
  readonly #contents = new Map<string, Promise<BusContents>>();
  readonly #accountId: string;
  #changes = 0;

  constructor(store: DocumentStore, accountId: string) {
    this.#accountId = accountId;
    this.buses = new DocumentCollection(store, "events.bus");
    this.rules = new DocumentCollection(store, "events.rule");
    this.archives = new DocumentCollection(store, "events.archive");
  }

  /** Counts the times that what is remembered was forgotten. */
  get changes(): number {
    return this.#changes;
  }

  /** Rules, buses or archives have changed. */
  forget(): void {
    this.#changes += 1;
    this.#contents.clear();
  }

  contents(scope: Omit<ArnScope, "accountId">, bus: string): Promise<BusContents> {
    const key = documentId(scope.region, bus);
    const known = this.#contents.get(key);
    if (known !== undefined) return known;
    const read = this.#read({ ...scope, accountId: this.#accountId }, bus);
    this.#contents.set(key, read);
    // Of buses that are not there nothing is remembered: anybody may name any.
    const forgotten = (): void => {
      if (this.#contents.get(key) === read) this.#contents.delete(key);
    };
    read.then(({ isThere }) => isThere || forgotten(), forgotten);
    return read;
  }

  async #read(scope: ArnScope, bus: string): Promise<BusContents> {
    const isThere =
      bus === defaultBus || (await this.buses.get(documentId(scope.region, bus))) !== undefined;
    const rules: Rule[] = [];
    for await (const { value } of this.rules.all(`${documentId(scope.region, bus)}|`)) {
      rules.push(compiledRule(value));
    }
    const archives: Archive[] = [];
    const arn = busArn(scope, bus);
    for await (const { value: record } of this.archives.all(`${scope.region}|`)) {
      if (record.busArn !== arn) continue;
      archives.push({ record, pattern: compiledPattern(record) });
    }
    return { isThere, rules, archives };
  }
}

function compiledRule(record: RuleRecord): Rule {
  return {
    record,
    pattern: compiledPattern(record),
    targets: Object.values(record.targets).map((given: JsonObject) => readTarget(given)),
  };
}

function compiledPattern({ pattern }: Pick<RuleRecord, "pattern">): EventPattern | undefined {
  return pattern === undefined ? undefined : parsePattern(pattern);
}

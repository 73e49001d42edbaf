import type { Store } from "../../ports/store.ts";

/** Activities read from the store at a time. */
const activitiesRead = 1_000;

/**
 * The ARNs of the activities that there are. A task asks while its state is decided, which cannot wait for the store:
 * so it is told of every change.
 */
export class KnownActivities {
  #arns = new Set<string>();
  /** What has been changed here since the reading that is under way began: it may not have seen it. */
  readonly #changed = new Map<string, boolean>();
  #reading: Promise<void> = Promise.resolve();

  static async load(store: Pick<Store, "activities">): Promise<KnownActivities> {
    const known = new KnownActivities();
    await known.reload(store);
    return known;
  }

  /** Reads all of them, because others may have changed them; one reading after another. */
  reload(store: Pick<Store, "activities">): Promise<void> {
    const read = (): Promise<void> => this.#read(store);
    this.#reading = this.#reading.then(read, read);
    return this.#reading;
  }

  async #read(store: Pick<Store, "activities">): Promise<void> {
    this.#changed.clear();
    const arns = new Set<string>();
    let after: string | undefined;
    do {
      const page = await store.activities("", {
        limit: activitiesRead,
        ...(after === undefined ? {} : { after }),
      });
      for (const { activityArn } of page.items) arns.add(activityArn);
      after = page.next;
    } while (after !== undefined);
    this.#arns = arns;
    for (const [activityArn, exists] of this.#changed) this.#set(activityArn, exists);
  }

  has(activityArn: string): boolean {
    return this.#arns.has(activityArn);
  }

  changed(activityArn: string, exists: boolean): void {
    this.#changed.set(activityArn, exists);
    this.#set(activityArn, exists);
  }

  #set(activityArn: string, exists: boolean): void {
    if (exists) this.#arns.add(activityArn);
    else this.#arns.delete(activityArn);
  }
}

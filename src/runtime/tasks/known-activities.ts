import type { Store } from "../../ports/store.ts";

/** Activities read from the store at a time. */
const activitiesRead = 1_000;

/**
 * The ARNs of the activities that there are. A task asks while its state is decided, which cannot wait for the store:
 * so it is told of every change.
 */
export class KnownActivities {
  readonly #arns = new Set<string>();

  static async load(store: Pick<Store, "activities">): Promise<KnownActivities> {
    const known = new KnownActivities();
    let after: string | undefined;
    do {
      const page = await store.activities("", {
        limit: activitiesRead,
        ...(after === undefined ? {} : { after }),
      });
      for (const { activityArn } of page.items) known.#arns.add(activityArn);
      after = page.next;
    } while (after !== undefined);
    return known;
  }

  has(activityArn: string): boolean {
    return this.#arns.has(activityArn);
  }

  changed(activityArn: string, exists: boolean): void {
    if (exists) this.#arns.add(activityArn);
    else this.#arns.delete(activityArn);
  }
}

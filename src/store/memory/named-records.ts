import type { Page, PageRequest } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import { createSortedList } from "./sorted-list.ts";

/** Records by ARN, listed in the order of their ARNs. */
export interface NamedRecords<T> {
  get(arn: string): T | undefined;
  put(arn: string, record: T): void;
  remove(arn: string): void;
  /** Those whose ARNs begin with `prefix`. */
  list(prefix: string, page: PageRequest): Page<T>;
}

export function createNamedRecords<T extends object>(): NamedRecords<T> {
  const byArn = new Map<string, T>();
  const arns = createSortedList<string>((left, right) =>
    left < right ? -1 : left > right ? 1 : 0,
  );

  return {
    get: (arn) => byArn.get(arn),
    put(arn, record) {
      if (!byArn.has(arn)) arns.add(arn);
      byArn.set(arn, { ...record });
    },
    remove(arn) {
      if (byArn.delete(arn)) arns.remove(arn);
    },
    list(prefix, { limit, after = "" }) {
      checkLimit(limit);
      const start = arns.firstIndex((arn) => arn > after && arn >= prefix);
      const end = arns.firstIndex((arn) => arn >= prefix && !arn.startsWith(prefix));
      const shown = arns.items.slice(start, Math.min(end, start + limit));
      const items = shown.map((arn) => byArn.get(arn) as T);
      const last = shown.at(-1);
      if (last === undefined || start + limit >= end) return { items };
      return { items, next: last };
    },
  };
}

/** Running executions of a partition whose ids are remembered; more of them than this are looked up again now and then. */
const rememberedExecutions = 20_000;

/** The ids of the executions that an owner has in memory, by partition and ARN. */
export interface RememberedExecutions {
  get(partition: number, executionArn: string): string | undefined;
  set(partition: number, executionArn: string, id: string): void;
  delete(partition: number, executionArn: string): void;
  readonly forget: (partition: number) => void;
}

export function createRememberedExecutions(): RememberedExecutions {
  const partitions = new Map<number, Map<string, string>>();
  return {
    get: (partition, executionArn) => partitions.get(partition)?.get(executionArn),
    set(partition, executionArn, id) {
      let ids = partitions.get(partition);
      if (ids === undefined) partitions.set(partition, (ids = new Map()));
      if (ids.size >= rememberedExecutions) ids.clear();
      ids.set(executionArn, id);
    },
    delete: (partition, executionArn) => partitions.get(partition)?.delete(executionArn),
    forget: (partition) => partitions.delete(partition),
  };
}

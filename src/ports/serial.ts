/** Runs tasks of one key one after another; tasks of different keys run side by side. */
export type Serial = <T>(key: string, task: () => Promise<T>) => Promise<T>;

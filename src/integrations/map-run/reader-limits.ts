/** How much a reader takes. *Documented*, where nothing else is said: AWS Step Functions, ItemReader and distributed Map quotas. */
export interface ReaderLimits {
  /** One object, as it is stored. */
  readonly objectBytes: number;
  /**
   * What one object may become when it is decompressed. Our choice: ten times the largest; blanks between items are nobody's
   * item, and a thousand times as many of them could be in it.
   */
  readonly contentBytes: number;
  /** One item, before an `ItemSelector` makes it smaller. */
  readonly itemBytes: number;
  /** The header row of a CSV file. */
  readonly csvHeaderBytes: number;
  /** One row group of a Parquet file: the most that is in memory of it at a time. */
  readonly rowGroupBytes: number;
  /** The footer of a Parquet file. */
  readonly footerBytes: number;
  /** The items of one run. */
  readonly items: number;
  /** A manifest that is JSON, which is read whole. Our choice: some 300,000 data files. */
  readonly manifestBytes: number;
}

export const awsReaderLimits: ReaderLimits = {
  objectBytes: 10 * 1024 ** 3,
  contentBytes: 100 * 1024 ** 3,
  itemBytes: 8 * 1024 ** 2,
  csvHeaderBytes: 10 * 1024,
  rowGroupBytes: 256 * 1024 ** 2,
  footerBytes: 5 * 1024 ** 2,
  items: 100_000_000,
  manifestBytes: 64 * 1024 ** 2,
};

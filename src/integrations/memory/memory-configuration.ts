/** What `memory` of the configuration says of the services in memory. */
export interface MemoryConfiguration {
  /** Tables of DynamoDB that are there from the start, empty. */
  readonly tables?: { readonly [name: string]: MemoryTable };
}

export interface MemoryTable {
  readonly partitionKey: MemoryKey;
  readonly sortKey?: MemoryKey;
  /** Global secondary indexes by their names; they have all attributes. */
  readonly indexes?: {
    readonly [name: string]: { readonly partitionKey: MemoryKey; readonly sortKey?: MemoryKey };
  };
}

/** The name of an attribute that is a text, or its name and type. */
export type MemoryKey = string | { readonly name: string; readonly type: "S" | "N" | "B" };

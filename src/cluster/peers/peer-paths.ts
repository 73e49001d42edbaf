/** What a node can be asked for by another, by its path. */
export const peerPaths = {
  /** POST: a question to the owner of a partition. */
  ask: "/ask",
  /** POST: hints to the owners of partitions. */
  hints: "/hints",
  /** POST: something has changed of which the node remembers how it was. */
  changed: "/invalidate",
  /** POST: partitions were given up. */
  handedOver: "/handed-over",
  /** GET: what happens there, as a stream of lines. */
  feed: "/feed",
} as const;

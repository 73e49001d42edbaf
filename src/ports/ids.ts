/** Fresh identifiers and randomness. */
export interface Ids {
  /** A version 4 UUID. */
  uuid(): string;
  /** 32 random bits, unsigned: the seed of one activation. */
  seed(): number;
}

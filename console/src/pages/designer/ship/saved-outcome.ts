/** What a save came to. */
export interface SavedOutcome {
  /** The number that it was published as. */
  readonly version?: string;
  /** The alias that leads to it now. */
  readonly alias?: string;
  /** The alias that was to lead there, and why it does not. */
  readonly aliasProblem?: { readonly alias: string; readonly message: string };
}

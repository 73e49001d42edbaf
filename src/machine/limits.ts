/** The rules that AWS sets by number; a *limits profile* is one of these objects. */
export interface Limits {
  /** Largest input, output or parameters of a state, task or execution, in UTF-8 bytes. */
  readonly payloadBytes: number;
  /** Events in a Standard execution's history; the last one is its failure. */
  readonly historyEvents: number;
  /** Iterations of an inline Map that run at once, whatever `MaxConcurrency` says. */
  readonly inlineConcurrency: number;
  /** How long an Express execution may take, in seconds. */
  readonly expressSeconds: number;
  /** How long a Standard execution may take, in seconds. */
  readonly standardSeconds: number;
  /** Sum of an execution's variables, in UTF-8 bytes. */
  readonly variablesBytes: number;
  /** Versions and aliases that one state machine may have. */
  readonly versions: number;
  readonly aliases: number;
}

/** Documented: AWS Step Functions quotas. */
export const awsLimits: Limits = {
  payloadBytes: 262_144,
  historyEvents: 25_000,
  inlineConcurrency: 40,
  expressSeconds: 300,
  standardSeconds: 31_536_000,
  variablesBytes: 10_485_760,
  versions: 1_000,
  aliases: 100,
};

/**
 * Events of one turn after which the machine pauses so that others get the thread. Our choice: a loop of Pass states
 * would otherwise hold it until the history limit, in an Express execution for ever.
 */
export const eventsPerTurn = 1_000;

/**
 * Steps of expressions in one turn, as for {@link eventsPerTurn}: some milliseconds. A loop of states whose expressions take as long as they
 * may held the thread for a minute.
 */
export const stepsPerTurn = 100_000;

/**
 * Bytes of data in the events of one turn, as for {@link eventsPerTurn}: a state whose expression makes 100 KB takes 5 ms, so that 500 of
 * them in a row held the thread for 2.7 s.
 */
export const bytesPerTurn = 1_048_576;

/** What AWS Step Functions costs, as of a date: `data/prices.json`, or a file of the same form. */
export interface Prices {
  /** The day on which they were looked up: `2026-11-29`. */
  readonly date: string;
  /** Where they were found, for people. */
  readonly sources?: readonly string[] | undefined;
  readonly region: string;
  readonly currency: string;
  readonly standard: {
    /** *Documented*: in each month, for good. */
    readonly freeTransitions: number;
    readonly perThousandTransitions: number;
  };
  readonly express: {
    readonly perMillionRequests: number;
    /** From the first GB-second on; the last tier has no end. */
    readonly gbSecondTiers: readonly GbSecondTier[];
  };
}

export interface GbSecondTier {
  readonly upToGbHours?: number;
  readonly perGbSecond: number;
}

/** The prices that a document has; throws what is wrong with it. */
export function parsePrices(text: string): Prices {
  const prices = JSON.parse(text) as Partial<Prices> | null;
  const { date, region, currency, standard, express } = prices ?? {};
  const isAmount = (value: unknown): boolean =>
    typeof value === "number" && Number.isFinite(value) && value >= 0;
  const need = (isRight: boolean, what: string): void => {
    if (!isRight) throw new Error(`${what} is missing, or not as it should be`);
  };
  need(typeof date === "string" && /^\d{4}-\d\d-\d\d$/.test(date), "date");
  need(typeof region === "string", "region");
  need(typeof currency === "string" && /^[A-Z]{3}$/.test(currency), "currency");
  need(isAmount(standard?.freeTransitions), "standard.freeTransitions");
  need(isAmount(standard?.perThousandTransitions), "standard.perThousandTransitions");
  need(isAmount(express?.perMillionRequests), "express.perMillionRequests");
  const tiers = express?.gbSecondTiers ?? [];
  need(
    Array.isArray(tiers) &&
      tiers.length > 0 &&
      tiers.every(
        ({ perGbSecond, upToGbHours }, index) =>
          isAmount(perGbSecond) && (upToGbHours === undefined) === (index === tiers.length - 1),
      ),
    "express.gbSecondTiers",
  );
  return prices as Prices;
}

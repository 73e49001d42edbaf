const inEuro = { EUR: 1, USD: 0.9, GBP: 1.2 };

/** What one unit of each currency is worth in `to`. */
export async function handler({ to }) {
  return Object.fromEntries(
    Object.entries(inEuro).map(([currency, value]) => [currency, value / inEuro[to]]),
  );
}

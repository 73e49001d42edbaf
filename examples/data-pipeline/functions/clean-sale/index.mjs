/** People write countries and amounts in many ways. */
export async function handler(sale) {
  return {
    id: sale.id,
    country: sale.country.trim().toUpperCase(),
    amount: Number(String(sale.amount).replace(",", ".")),
    currency: sale.currency ?? "EUR",
  };
}

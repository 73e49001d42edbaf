/** The invoices of a night, by their names. */
export async function handler({ night, count }) {
  return Array.from({ length: count }, (_, index) => `${night}/invoice-${index + 1}.json`);
}

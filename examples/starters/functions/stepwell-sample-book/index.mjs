/** Books one thing of a journey; `soldOut` names what there is no more of. */
export async function handler({ what, journey }) {
  if (journey.soldOut === what)
    throw Object.assign(new Error(`There is no ${what} any more`), { name: "SoldOut" });
  return { bookingId: `${what}-${journey.to}` };
}

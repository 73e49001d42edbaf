import { once } from "../../lib/once.mjs";

/** Sets the items aside. */
export async function handler({ order }) {
  return once(`reservation-${order.orderId}`, async () => ({
    reservationId: `reservation-${order.orderId}`,
    items: order.items.map(({ sku, quantity }) => ({ sku, quantity })),
  }));
}

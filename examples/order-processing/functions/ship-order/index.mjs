import { once } from "../../lib/once.mjs";

/** Hands the parcel over, and gives its tracking number. */
export async function handler({ order, parcel }) {
  return once(`shipment-${order.orderId}`, async () => {
    console.log(`Shipped ${parcel.parcelId} to ${order.customer}`);
    return { tracking: `TRACK-${order.orderId}` };
  });
}

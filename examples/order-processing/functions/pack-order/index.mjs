import { setTimeout as sleep } from "node:timers/promises";

/** Packs the items, which takes a while: time enough to kill the server in the middle. */
export async function handler({ order, reservation }) {
  console.log(`Packing order ${order.orderId} …`);
  await sleep((order.packingSeconds ?? 2) * 1000);
  return {
    parcelId: `parcel-${order.orderId}`,
    pieces: reservation.items.reduce((sum, { quantity }) => sum + quantity, 0),
  };
}

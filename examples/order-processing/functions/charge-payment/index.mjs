import { once } from "../../lib/once.mjs";

class PaymentDeclined extends Error {
  name = "PaymentDeclined";
}

/** Charges the card, once however often it is called: real providers take such a key with the request. */
export async function handler({ order }) {
  if (order.card.endsWith("0002")) {
    throw new PaymentDeclined(`The card of order ${order.orderId} was declined`);
  }
  return once(`payment-${order.orderId}`, async () => {
    console.log(`Charged ${order.total} EUR for order ${order.orderId}`);
    return { paymentId: `payment-${order.orderId}`, amount: order.total };
  });
}

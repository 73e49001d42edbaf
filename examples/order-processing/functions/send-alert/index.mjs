/** Tells the shop that something needs a look. */
export async function handler({ order, failure }) {
  console.error(`ALERT: the payment of order ${order.orderId} failed: ${failure.Error}`);
  return { alerted: true };
}

/** Charges a card, as a bank would that is busy at first: the attempts before `busyFor` fail. `card: "declined"` never works. */
export async function handler({ order, attempt }) {
  if (order.card === "declined") throw named("CardDeclined", "The card was declined");
  if (attempt < (order.busyFor ?? 0)) throw named("PaymentBusy", "The bank does not answer");
  return { paymentId: `pay-${order.orderId}`, amount: order.amount };
}

function named(name, message) {
  return Object.assign(new Error(message), { name });
}

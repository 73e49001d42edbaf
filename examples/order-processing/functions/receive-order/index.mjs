class InvalidOrder extends Error {
  name = "InvalidOrder";
}

/** Checks the order and adds up what it costs. */
export async function handler(order) {
  if (typeof order.orderId !== "string") throw new InvalidOrder("An order needs an orderId");
  if (!Array.isArray(order.items) || order.items.length === 0) {
    throw new InvalidOrder(`The order ${order.orderId} has no items`);
  }
  const total = order.items.reduce((sum, item) => sum + item.quantity * item.price, 0);
  console.log(`Order ${order.orderId} received: ${total} EUR`);
  return { ...order, total };
}

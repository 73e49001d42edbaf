export async function handler(event) {
  return { ...event, first: true };
}

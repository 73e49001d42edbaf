/** Stands for a mail, a chat or a topic: it prints what it is to say. */
export async function handler({ to, subject, message }) {
  console.log(`To ${to}: ${subject}. ${message}`);
  return { to, subject };
}

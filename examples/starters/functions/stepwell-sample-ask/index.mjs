/** Tells somebody that a question waits. A company would send a message; this one prints the page that answers it. */
export async function handler({ title, taskToken }) {
  console.log(title);
  const consoleUrl = process.env.STEPWELL_CONSOLE_URL;
  if (consoleUrl === undefined) return;
  const response = await fetch(`${consoleUrl}/api/links`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ taskToken }),
  }).catch(() => undefined);
  if (response?.ok) console.log(`To answer: ${(await response.json()).url}`);
}

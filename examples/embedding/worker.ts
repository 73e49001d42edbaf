import { startWorker, TaskFailed } from "stepwell/worker";

const worker = startWorker({
  activityArn: "arn:aws:states:us-east-1:000000000000:activity:resize",
  endpoint: "http://127.0.0.1:8083",
  concurrency: 4,
  async handler(input, { signal }) {
    const { url } = input as { readonly url: string };
    const image = await fetch(url, { signal });
    if (!image.ok) throw new TaskFailed("Image.Missing", image.statusText);
    return { bytes: (await image.arrayBuffer()).byteLength };
  },
});

process.once("SIGTERM", () => void worker.stop());
await worker.finished;

// The workflows of the benchmark as a Restate service. The argument is the port to listen at.
import * as restate from "@restatedev/restate-sdk";

const port = Number(process.argv[2]);
const tokens = [];
let finished = 0;

const bench = restate.service({
  name: "bench",
  handlers: {
    tenTasks: async (ctx, input) => {
      let value = input;
      for (let step = 1; step <= 10; step++) value = await ctx.run(`step${step}`, () => value);
      return value;
    },
    wide: async (ctx, width) => {
      const steps = Array.from({ length: width }, (_, index) =>
        ctx.run(`step${index}`, () => index),
      );
      return (await restate.RestatePromise.all(steps)).length;
    },
    callback: async (ctx) => {
      const { id, promise } = ctx.awakeable();
      await ctx.run("keep token", () => void tokens.push(id));
      await promise;
      finished++;
    },
  },
  // Waiting invocations leave memory after this; the default is a minute.
  options: { inactivityTimeout: 1000 },
});

process.on("message", ({ ask }) => {
  if (ask === "tokens") process.send({ answer: tokens });
  else if (ask === "finished") process.send({ answer: finished });
  else if (ask === "waiting") process.send({ answer: tokens.length });
});
process.on("disconnect", () => process.exit(0));
await restate.serve({ services: [bench], port });
process.send({ port });

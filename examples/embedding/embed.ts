import { createStepwell } from "stepwell";

const stepwell = await createStepwell({
  functions: { charge: (order) => ({ charged: order }) },
});
await stepwell.deploy("orders", {
  StartAt: "Charge",
  States: {
    Charge: {
      Type: "Task",
      Resource: "arn:aws:lambda:us-east-1:000000000000:function:charge",
      End: true,
    },
  },
});
const { status, output } = await stepwell.run("orders", { total: 100 });
console.log(status, output); // SUCCEEDED { charged: { total: 100 } }
await stepwell.close();

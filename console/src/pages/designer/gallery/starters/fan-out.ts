import {
  all,
  answered,
  end,
  invoke,
  lambdaRetry,
  starter,
  testCase,
  thrown,
} from "./starter-parts.ts";

const input = {
  pictures: ["cat.png", "dog.png", "fish.png"],
  width: 320,
};
const small = (picture: string) => answered({ picture, bytes: 4096 });

/** The same for each item, several at once; one that fails does not stop the others, and the results are counted. */
export const fanOut = starter({
  id: "fanOut",
  definition: {
    Comment: "Makes a small picture of each, ten at a time, and says how many there are.",
    StartAt: "Each picture",
    States: {
      "Each picture": {
        Type: "Map",
        Items: "{% $states.input.pictures %}",
        ItemSelector: {
          picture: "{% $states.context.Map.Item.Value %}",
          width: "{% $states.input.width %}",
        },
        MaxConcurrency: 10,
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          StartAt: "Make it small",
          States: {
            "Make it small": invoke("resize", "{% $states.input %}", {
              Retry: [lambdaRetry],
              Catch: [
                {
                  ErrorEquals: all,
                  Output: {
                    picture: "{% $states.input.picture %}",
                    error: "{% $states.errorOutput.Error %}",
                  },
                  Next: "Leave it out",
                },
              ],
              Output: "{% $states.result.Payload %}",
              ...end,
            }),
            "Leave it out": { Type: "Pass", ...end },
          },
        },
        Assign: { results: "{% $states.result %}" },
        Next: "Collect",
      },
      Collect: {
        Type: "Pass",
        Output: {
          made: "{% $count($results[$not($exists(error))]) %}",
          failed: "{% [$results[$exists(error)].picture] %}",
          bytes: "{% $sum($results.bytes) %}",
        },
        ...end,
      },
    },
  },
  input,
  cases: [
    testCase(
      "MakesAll",
      input,
      { "Make it small": [small("cat.png"), small("dog.png"), small("fish.png")] },
      { output: { made: 3, failed: [], bytes: 12_288 } },
    ),
    testCase(
      "LeavesOutWhatIsNoPicture",
      input,
      { "Make it small": [small("cat.png"), thrown("NoPicture", "Not a PNG"), small("fish.png")] },
      { output: { made: 2, failed: ["dog.png"] } },
    ),
  ],
});

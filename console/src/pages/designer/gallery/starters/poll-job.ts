import { answered, end, invoke, lambdaRetry, starter, testCase } from "./starter-parts.ts";

const input = { jobName: "nightly-report", durationSeconds: 3 };
const submitted = [answered({ jobId: "job-1" })];

/** Submits a job that takes its time, and asks now and then whether it is done. */
export const pollJob = starter({
  id: "pollJob",
  definition: {
    Comment: "Submits a job, and looks every two seconds whether it is done, for an hour at most.",
    StartAt: "Submit the job",
    TimeoutSeconds: 3_600,
    States: {
      "Submit the job": invoke(
        "submit-job",
        {
          jobName: "{% $states.input.jobName %}",
          durationSeconds: "{% $states.input.durationSeconds %}",
          now: "{% $states.context.State.EnteredTime %}",
        },
        {
          Retry: [lambdaRetry],
          Assign: { job: "{% $states.result.Payload %}", rounds: 0 },
          Next: "Wait",
        },
      ),
      Wait: { Type: "Wait", Seconds: 2, Next: "Ask for its status" },
      "Ask for its status": invoke(
        "job-status",
        { job: "{% $job %}", now: "{% $states.context.State.EnteredTime %}" },
        {
          Retry: [lambdaRetry],
          Assign: { status: "{% $states.result.Payload %}", rounds: "{% $rounds + 1 %}" },
          Next: "Is it done?",
        },
      ),
      "Is it done?": {
        Type: "Choice",
        Choices: [
          { Condition: "{% $status = 'SUCCEEDED' %}", Next: "Done" },
          { Condition: "{% $status = 'FAILED' %}", Next: "Job failed" },
        ],
        Default: "Wait",
      },
      Done: {
        Type: "Pass",
        Output: { jobId: "{% $job.jobId %}", rounds: "{% $rounds %}" },
        ...end,
      },
      "Job failed": { Type: "Fail", Error: "JobFailed", Cause: "The job reported that it failed" },
    },
  },
  input,
  cases: [
    testCase(
      "IsDoneInTheThirdRound",
      input,
      {
        "Submit the job": submitted,
        "Ask for its status": [answered("RUNNING"), answered("RUNNING"), answered("SUCCEEDED")],
      },
      { output: { jobId: "job-1", rounds: 3 } },
    ),
    testCase(
      "TheJobFails",
      input,
      { "Submit the job": submitted, "Ask for its status": [answered("FAILED")] },
      { status: "FAILED", error: "JobFailed" },
    ),
  ],
});

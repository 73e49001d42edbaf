export { handler } from "../../../job-poller/functions/submit-job/index.mjs";

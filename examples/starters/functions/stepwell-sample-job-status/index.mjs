export { handler } from "../../../job-poller/functions/job-status/index.mjs";

import type { AccessRequest, Authorizer, Decision } from "../../src/ports/authorizer.ts";

/** Writes down what it is asked, and allows what `allows` says: everything, if nobody says anything. */
export interface RecordingAuthorizer extends Authorizer {
  readonly calls: AccessRequest[];
  readonly acts: AccessRequest[];
  /** Of what is asked next. */
  decide: (request: AccessRequest) => Decision;
}

export function recordingAuthorizer(): RecordingAuthorizer {
  const authorizer: RecordingAuthorizer = {
    calls: [],
    acts: [],
    decide: () => ({ allowed: true }),
    mayCall(request) {
      authorizer.calls.push(request);
      return Promise.resolve(authorizer.decide(request));
    },
    mayAct(request) {
      authorizer.acts.push(request);
      return Promise.resolve(authorizer.decide(request));
    },
  };
  return authorizer;
}

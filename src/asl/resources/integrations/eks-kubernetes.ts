import type { IntegrationActions } from "../integration-action.ts";
import { callback, jobOrCallback } from "../patterns.ts";

/** *Documented*: the cluster's three, whichever way it is found here. */
const cluster = {
  ClusterName: "string!",
  CertificateAuthority: "string!",
  Endpoint: "string!",
} as const;

/** The actions of `eks` that speak with a cluster's Kubernetes API, not with EKS. */
export const eksKubernetes = {
  call: {
    patterns: callback,
    parameters: {
      ...cluster,
      Method: "string!",
      Path: "string!",
      QueryParameters: "object",
      RequestBody: "json",
    },
  },
  runJob: {
    patterns: jobOrCallback,
    parameters: { ...cluster, Namespace: "string", Job: "json!", LogOptions: "object" },
  },
} as const satisfies IntegrationActions;

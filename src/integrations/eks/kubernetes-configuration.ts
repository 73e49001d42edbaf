/** Which clusters `eks:call` and `eks:runJob` speak with, where it is not the one whose endpoint the definition gives. */
export interface KubernetesConfiguration {
  /** A kubeconfig file. */
  readonly kubeconfig: string;
  /** By `ClusterName`: the kubeconfig's context. One of the cluster's own name needs no entry. */
  readonly contexts?: { readonly [clusterName: string]: string };
  /** The context of every other cluster; absent: that of the cluster's name, if there is one. */
  readonly context?: string;
}

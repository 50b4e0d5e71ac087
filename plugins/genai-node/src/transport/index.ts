export {
  createProxyKubeTransport,
  type ProxyKubeTransportOptions,
} from './createProxyKubeTransport';
export type {
  KubeCluster,
  KubeRequestInit,
  KubeTransport,
} from './KubeTransport';

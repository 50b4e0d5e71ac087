import type { V1IngressSpec } from '@kubernetes/client-node';
import type { InferenceSpec } from '@promptside/backstage-plugin-genai-common';
import type { KubernetesObjectLike } from '../KubernetesObjectLike';
import type { EndpointPort } from './access';
import { objectMeta } from './identity';

type Exposure = NonNullable<InferenceSpec['spec']['exposure']>;

/** An Ingress as we write it. */
export interface IngressObject extends KubernetesObjectLike {
  spec: V1IngressSpec;
}

/** An HTTPRoute of the Gateway API as we write it (gateway.networking.k8s.io/v1). */
export interface HttpRouteObject extends KubernetesObjectLike {
  spec: {
    parentRefs: { name: string; namespace: string }[];
    hostnames: string[];
    rules: {
      matches: { path: { type: 'PathPrefix'; value: string } }[];
      backendRefs: { name: string; port: number }[];
      timeouts: { request: string };
    }[];
  };
}

/** An answer that streams for longer is cut; gateways' own limits are often 15 seconds. */
const REQUEST_TIMEOUT = '600s';

/** The way in from outside: an HTTPRoute, or an Ingress. Only the API's own paths, so that metrics stay inside. */
export function buildExposure(
  spec: InferenceSpec,
  exposure: Exposure,
  { name, port }: EndpointPort,
  basePath: string,
): IngressObject | HttpRouteObject {
  const service = spec.metadata.name;
  const { host, gateway, ingress } = exposure;
  if (gateway) {
    return {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'HTTPRoute',
      metadata: objectMeta(spec),
      spec: {
        parentRefs: [gateway],
        hostnames: [host],
        rules: [
          {
            matches: [{ path: { type: 'PathPrefix', value: basePath } }],
            backendRefs: [{ name: service, port }],
            timeouts: { request: REQUEST_TIMEOUT },
          },
        ],
      },
    };
  }
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: objectMeta(spec),
    spec: {
      ...(ingress?.className ? { ingressClassName: ingress.className } : {}),
      ...(ingress?.tlsSecret
        ? { tls: [{ hosts: [host], secretName: ingress.tlsSecret }] }
        : {}),
      rules: [
        {
          host,
          http: {
            paths: [
              {
                path: basePath,
                pathType: 'Prefix',
                backend: { service: { name: service, port: { name } } },
              },
            ],
          },
        },
      ],
    },
  };
}

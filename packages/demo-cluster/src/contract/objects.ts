/** A ConfigMap. */
export function configMap(
  name: string,
  data: Record<string, string> = {},
  metadata: object = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...metadata },
    data,
  };
}

/** The container which the restricted Pod Security level admits. */
export function container(extra: object = {}) {
  return {
    name: 'main',
    image: 'registry.example.com/app:1.0',
    ...extra,
  };
}

/** A Pod with one container. */
export function pod(
  name: string,
  options: { container?: object; spec?: object; metadata?: object } = {},
) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, ...options.metadata },
    spec: { containers: [container(options.container)], ...options.spec },
  };
}

/** A Deployment whose pods carry `app: <name>`. */
export function deployment(
  name: string,
  options: { replicas?: number; container?: object; spec?: object } = {},
) {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels },
    spec: {
      replicas: options.replicas ?? 0,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [container(options.container)] },
      },
      ...options.spec,
    },
  };
}

/** A ClusterIP Service on port 80. */
export function service(name: string, spec: object = {}) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
  };
}

/** A namespaced CustomResourceDefinition `gadgets.<group>` with status and scale. */
export function gadgetDefinition(group: string) {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `gadgets.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: {
        plural: 'gadgets',
        singular: 'gadget',
        kind: 'Gadget',
        shortNames: ['gdt'],
      },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: {
            status: {},
            scale: {
              specReplicasPath: '.spec.replicas',
              statusReplicasPath: '.status.replicas',
            },
          },
          additionalPrinterColumns: [
            { name: 'Size', type: 'string', jsonPath: '.spec.size' },
            {
              name: 'Replicas',
              type: 'integer',
              jsonPath: '.spec.replicas',
              priority: 1,
            },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  required: ['size'],
                  properties: {
                    size: { type: 'string', enum: ['small', 'large'] },
                    replicas: { type: 'integer', minimum: 0, default: 1 },
                    name: { type: 'string', pattern: '^[a-z]+$', maxLength: 5 },
                    port: { 'x-kubernetes-int-or-string': true },
                    free: {
                      type: 'object',
                      'x-kubernetes-preserve-unknown-fields': true,
                    },
                    tags: { type: 'array', items: { type: 'string' } },
                  },
                },
                status: {
                  type: 'object',
                  properties: {
                    phase: { type: 'string' },
                    replicas: { type: 'integer' },
                  },
                },
              },
            },
          },
        },
      ],
    },
  };
}

/** A Gadget of `gadgetDefinition`. */
export function gadget(
  group: string,
  name: string,
  spec: object = { size: 'small' },
  extra: object = {},
) {
  return {
    apiVersion: `${group}/v1`,
    kind: 'Gadget',
    metadata: { name },
    spec,
    ...extra,
  };
}

import { createPermission } from '@backstage/plugin-permission-common';

/** See clusters and how fresh their data is. @public */
export const genaiClusterReadPermission = createPermission({
  name: 'genai.cluster.read',
  attributes: { action: 'read' },
});

/** See GPU inventory and who holds which GPU. @public */
export const genaiGpuReadPermission = createPermission({
  name: 'genai.gpu.read',
  attributes: { action: 'read' },
});

/** See model servers, their state and events. @public */
export const genaiModelServerReadPermission = createPermission({
  name: 'genai.model-server.read',
  attributes: { action: 'read' },
});

/** Ask a running model server a question: costs time of its GPUs. @public */
export const genaiModelServerTryPermission = createPermission({
  name: 'genai.model-server.try',
  attributes: { action: 'create' },
});

/** See the model catalog. @public */
export const genaiModelReadPermission = createPermission({
  name: 'genai.model.read',
  attributes: { action: 'read' },
});

/** Ask the Hugging Face hub for a model: sends a request out of the portal. @public */
export const genaiModelLookupPermission = createPermission({
  name: 'genai.model.lookup',
  attributes: { action: 'read' },
});

/** See vector stores. @public */
export const genaiVectorStoreReadPermission = createPermission({
  name: 'genai.vector-store.read',
  attributes: { action: 'read' },
});

/** Ask whether a model fits: reveals free GPUs and quota of the namespace asked for. @public */
export const genaiInferencePlanPermission = createPermission({
  name: 'genai.inference.plan',
  attributes: { action: 'read' },
});

/** Apply manifests to a cluster from a template. @public */
export const genaiManifestsApplyPermission = createPermission({
  name: 'genai.manifests.apply',
  attributes: { action: 'update' },
});

/** @public */
export const genaiPermissions = [
  genaiClusterReadPermission,
  genaiGpuReadPermission,
  genaiModelServerReadPermission,
  genaiModelServerTryPermission,
  genaiModelReadPermission,
  genaiModelLookupPermission,
  genaiVectorStoreReadPermission,
  genaiInferencePlanPermission,
  genaiManifestsApplyPermission,
];

/**
 * The words on the wire of Promptside: what browser and server both say.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './chat';
export * from './checks';
export * from './clusters';
export * from './engineMetrics';
export * from './engines';
export * from './faults';
export * from './GenaiClient';
export * from './gpus';
export * from './health';
export * from './inferencePlan';
export * from './inferenceSpec';
export * from './lineage';
export * from './modelChecksums';
export * from './modelFits';
export * from './models';
export * from './modelServers';
export * from './names';
export * from './namespaces';
export * from './openapi';
export * from './permissions';
export * from './ragPlan';
export * from './ragSpec';
export * from './readServerSentEvents';
export type { GenaiObjectRef } from './requestPath';
export * from './signals';
export * from './storageClasses';
export * from './vectorStoreHealth';
export * from './vectorStoreHistory';
export * from './vectorStoreSpec';
export * from './vectorStores';

import {
  Condition,
  LabelSelector,
  Meta,
  PodSpec,
  PodTemplate,
  ResourceList,
} from './kubeTypes';

/** Deployment. */
export type Deployment = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec: {
    replicas?: number;
    selector: LabelSelector;
    template: PodTemplate;
    strategy?: {
      type?: string;
      rollingUpdate?: {
        maxSurge?: number | string;
        maxUnavailable?: number | string;
      };
    };
    minReadySeconds?: number;
    revisionHistoryLimit?: number;
    progressDeadlineSeconds?: number;
    paused?: boolean;
  };
  status?: {
    observedGeneration?: number;
    replicas?: number;
    updatedReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    terminatingReplicas?: number;
    unavailableReplicas?: number;
    conditions?: Condition[];
  };
};

/** ReplicaSet. */
export type ReplicaSet = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec: {
    replicas?: number;
    minReadySeconds?: number;
    selector: LabelSelector;
    template: PodTemplate;
  };
  status?: {
    replicas: number;
    terminatingReplicas?: number;
    fullyLabeledReplicas?: number;
    readyReplicas?: number;
    availableReplicas?: number;
    observedGeneration?: number;
    conditions?: Condition[];
  };
};

/** StatefulSet. */
export type StatefulSet = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec: {
    replicas?: number;
    selector: LabelSelector;
    serviceName?: string;
    template: PodTemplate;
    podManagementPolicy?: string;
    updateStrategy?: { type?: string; rollingUpdate?: { partition?: number } };
    volumeClaimTemplates?: Array<{
      metadata: Meta;
      spec: Record<string, unknown>;
    }>;
    revisionHistoryLimit?: number;
    minReadySeconds?: number;
  };
  status?: {
    observedGeneration?: number;
    replicas: number;
    readyReplicas?: number;
    availableReplicas?: number;
    currentReplicas?: number;
    updatedReplicas?: number;
    currentRevision?: string;
    updateRevision?: string;
    collisionCount?: number;
  };
};

/** DaemonSet. */
export type DaemonSet = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec: {
    selector: LabelSelector;
    template: PodTemplate;
    updateStrategy?: Record<string, unknown>;
    minReadySeconds?: number;
    revisionHistoryLimit?: number;
  };
  status?: {
    currentNumberScheduled: number;
    numberMisscheduled: number;
    desiredNumberScheduled: number;
    numberReady: number;
    observedGeneration?: number;
    updatedNumberScheduled?: number;
    numberAvailable?: number;
    numberUnavailable?: number;
  };
};

/** Job. */
export type Job = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec: {
    parallelism?: number;
    completions?: number;
    backoffLimit?: number;
    activeDeadlineSeconds?: number;
    ttlSecondsAfterFinished?: number;
    completionMode?: string;
    suspend?: boolean;
    manualSelector?: boolean;
    selector?: LabelSelector;
    template: PodTemplate;
  };
  status?: {
    active?: number;
    ready?: number;
    succeeded?: number;
    failed?: number;
    startTime?: string;
    completionTime?: string;
    conditions?: Condition[];
    terminating?: number;
    uncountedTerminatedPods?: Record<string, unknown>;
  };
};

/** Service. */
export type Service = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec: {
    type?: string;
    clusterIP?: string;
    clusterIPs?: string[];
    selector?: Record<string, string>;
    publishNotReadyAddresses?: boolean;
    ports?: Array<{
      name?: string;
      port: number;
      targetPort?: number | string;
      protocol?: string;
    }>;
    [field: string]: unknown;
  };
  status?: Record<string, unknown>;
};

/** PersistentVolumeClaim. */
export type PersistentVolumeClaim = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec: {
    accessModes?: string[];
    resources?: { requests?: ResourceList };
    storageClassName?: string;
    volumeName?: string;
    volumeMode?: string;
  };
  status?: {
    phase?: string;
    accessModes?: string[];
    capacity?: ResourceList;
  };
};

/** StorageClass. */
export type StorageClass = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  provisioner: string;
  reclaimPolicy?: string;
  volumeBindingMode?: string;
  allowVolumeExpansion?: boolean;
  parameters?: Record<string, string>;
};

/** PodDisruptionBudget. */
export type PodDisruptionBudget = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
  spec: {
    selector?: LabelSelector;
    minAvailable?: number | string;
    maxUnavailable?: number | string;
  };
  status?: {
    observedGeneration?: number;
    disruptionsAllowed: number;
    currentHealthy: number;
    desiredHealthy: number;
    expectedPods: number;
    conditions?: Condition[];
  };
};

/** Object that owns pods through a template: what the pod factory needs of it. */
export type PodOwner = {
  apiVersion: string;
  kind: string;
  metadata: Meta;
};

/** Spec of pods as a controller hands it to the pod factory. */
export type PodBlueprint = { template: PodTemplate; spec?: PodSpec };

import { Container, Node, Pod } from '../kubeTypes';

/** How a container ends by itself. Times are in simulated milliseconds. */
export interface ProgramExit {
  /** After the container's start. */
  afterMs: number;
  exitCode: number;
  reason: 'Completed' | 'Error' | 'OOMKilled';
  /** Last lines of the log, shown in the status where the container falls back to its logs. */
  message?: string;
}

/** What a container does, so far as the kubelet can see it. Times are in simulated milliseconds. */
export interface ContainerProgram {
  pullMs: number;
  imageBytes: number;
  /** Set when the image cannot be pulled: the runtime's error text. */
  pullError?: string;
  /** From the start until it answers on its ports; probes fail before. */
  loadMs: number;
  /** Absent for a server, which runs until it is stopped. */
  exit?: ProgramExit;
  /** Ends with the Job of that name in its namespace, whenever that is. */
  waitsForJob?: string;
  /** From the signal to stop until it is gone; at most the grace period. */
  stopMs: number;
}

/** Tells what a container does on a node. Must give the same answer for the same pod. */
export type ProgramOf = (
  pod: Pod,
  container: Container,
  node: Node | undefined,
) => ContainerProgram;

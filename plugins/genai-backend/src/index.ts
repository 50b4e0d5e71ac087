/**
 * Live state of GenAI workloads on Kubernetes clusters, served over REST.
 *
 * @packageDocumentation
 */
export { genaiPlugin as default } from './plugin';

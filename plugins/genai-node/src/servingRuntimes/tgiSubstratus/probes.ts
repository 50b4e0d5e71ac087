export { tgiProbes } from '../tgi/probes';

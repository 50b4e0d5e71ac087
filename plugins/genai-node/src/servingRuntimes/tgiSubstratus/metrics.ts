export { tgiMetrics } from '../tgi/metrics';

export type { EngineMetricNames } from './EngineMetricNames';
export type { EngineReading } from './EngineReading';
export { deriveEngineValues, type EngineReadings } from './deriveEngineValues';
export { readEngineMetrics } from './readEngineMetrics';

import type { ProbeAnswer, ProbeReading, ProbeRequest } from '../ProbePlan';
import { answered } from './runPlan';

/** The check of that name. */
export function check(reading: ProbeReading, name: string) {
  return reading.checks.find(other => other.name === name);
}

/** Answers by path; what is not there is 404. */
export function store(paths: Record<string, ProbeAnswer>) {
  return ({ path }: ProbeRequest) =>
    paths[path.split('?')[0]] ?? answered({ status: 404, body: 'no' });
}

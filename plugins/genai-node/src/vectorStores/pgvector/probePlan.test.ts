import { fixtureText } from '../__testUtils__/fixture';
import { answered, POD, runPlan, silent } from '../__testUtils__/runPlan';
import { pgvectorProbePlan } from './probePlan';

describe('the probe of a CloudNativePG cluster', () => {
  const cluster = { ...POD, resource: 'cnpgclusters' as const };
  const text = fixtureText('cloudnative-pg-1.30/primary-metrics.txt');

  it('asks the exporter of each instance', () => {
    const { reading, asked } = runPlan(
      pgvectorProbePlan,
      () => [
        { ...answered({ body: text }), pod: 'docs-1' },
        { ...silent('Timeout'), pod: 'docs-2' },
      ],
      cluster,
    );
    expect(asked).toEqual([{ port: 9187, path: '/metrics', eachPod: true }]);
    expect(reading.checks.map(({ name, outcome }) => [name, outcome])).toEqual([
      ['Exporter', 'Pass'],
      ['Instances', 'Pass'],
      ['Fencing', 'Pass'],
      ['Switchover', 'Pass'],
      ['WalArchive', 'Pass'],
      ['SynchronousReplicas', 'Pass'],
    ]);
  });

  it('never calls the database down for a silent exporter', () => {
    const { reading } = runPlan(
      pgvectorProbePlan,
      () => [silent('Unreachable')],
      cluster,
    );
    expect(reading.checks).toEqual([
      expect.objectContaining({ name: 'Exporter', impact: 'Notice' }),
    ]);
    const none = runPlan(pgvectorProbePlan, () => [], cluster).reading;
    expect(none.notProbed).toContain('No instance is ready');
    const odd = runPlan(
      pgvectorProbePlan,
      () => [answered({ status: 404, body: '' })],
      cluster,
    ).reading;
    expect(odd.checks[0].outcome).toBe('Unknown');
  });

  it('asks nothing of a plain PostgreSQL', () => {
    const { reading, asked } = runPlan(pgvectorProbePlan, () => []);
    expect(asked).toEqual([]);
    expect(reading.notProbed).toContain('genai.vectorStores.sql');
  });
});

import type {
  ClusterQueueFact,
  CohortFact,
  LocalQueueFact,
  ResourceFlavorFact,
} from '../facts/QueueFacts';
import { QueueTable } from './QueueTable';

const local: LocalQueueFact = {
  resource: 'localqueues',
  uid: 'l',
  name: 'gpus',
  namespace: 'team-a',
  clusterQueue: 'research',
};
const queue: ClusterQueueFact = {
  resource: 'clusterqueues',
  uid: 'q',
  name: 'research',
  takes: 'All',
  covered: [],
  quotas: [],
};
const cohort: CohortFact = {
  resource: 'cohorts',
  uid: 'c',
  name: 'all',
  quotas: [],
};
const flavor: ResourceFlavorFact = {
  resource: 'resourceflavors',
  uid: 'f',
  name: 'l4',
  products: {},
};

const filled = () => {
  const table = new QueueTable();
  for (const fact of [local, queue, cohort, flavor]) table.add(fact);
  return table;
};

const contentsOf = (table: QueueTable) => [
  ...table.localQueues('team-a'),
  ...table.clusterQueues(),
  ...table.cohorts(),
  table.clusterQueue('research'),
  table.cohort('all'),
  table.flavor('l4'),
];

describe('QueueTable', () => {
  it('finds each object by the name under which others refer to it', () => {
    expect(contentsOf(filled())).toEqual([
      local,
      queue,
      cohort,
      queue,
      cohort,
      flavor,
    ]);
  });

  it('forgets what is deleted', () => {
    const table = filled();
    for (const fact of [local, queue, cohort, flavor]) table.remove(fact);
    expect(contentsOf(table)).toEqual([undefined, undefined, undefined]);
  });

  it('keeps one of the same name that came before the old one was seen to go', () => {
    const table = filled();
    const again = [queue, cohort, flavor].map(fact => ({
      ...fact,
      uid: `${fact.uid}-again`,
    }));
    for (const fact of again) table.add(fact);
    for (const fact of [queue, cohort, flavor]) table.remove(fact);
    expect([
      table.clusterQueue('research')?.uid,
      table.cohort('all')?.uid,
      table.flavor('l4')?.uid,
    ]).toEqual(['q-again', 'c-again', 'f-again']);
  });
});

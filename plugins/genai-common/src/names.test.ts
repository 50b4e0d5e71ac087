import fc from 'fast-check';
import { problemsOf } from './__testUtils__/problemsOf';
import {
  clusterNameSchema,
  dnsLabelSchema,
  entityRefSchema,
  modelIdSchema,
  queueNameSchema,
  revisionSchema,
  serviceNameSchema,
  storageSizeSchema,
} from './names';

const NAMES = {
  dnsLabel: dnsLabelSchema,
  queue: queueNameSchema,
  service: serviceNameSchema,
  cluster: clusterNameSchema,
  modelId: modelIdSchema,
  revision: revisionSchema,
  entityRef: entityRefSchema,
};
type NameKind = keyof typeof NAMES;

describe('names', () => {
  it.each<[NameKind, string]>([
    ['dnsLabel', 'a'],
    ['dnsLabel', '0-team'],
    ['dnsLabel', 'a'.repeat(63)],
    ['queue', 'team.gpu-queue'],
    ['queue', 'a'.repeat(63)],
    ['service', 'ab'],
    ['service', 'a'.repeat(52)],
    ['cluster', 'Prod_EU.1'],
    ['cluster', 'arn:aws:eks:eu-west-1:1:cluster/prod'],
    ['modelId', 'Qwen/Qwen3-0.6B_x'],
    ['revision', '0123456789abcdef0123456789abcdef01234567'],
    ['entityRef', 'component:default/Chat_LLM.v2'],
  ])('of the kind %s may be %s', (kind, name) => {
    expect(NAMES[kind].parse(name)).toBe(name);
  });

  it.each<[NameKind, string, RegExp]>([
    ['dnsLabel', '', /must be lower-case/],
    ['dnsLabel', 'Team', /must be lower-case/],
    ['dnsLabel', 'team-', /must be lower-case/],
    ['dnsLabel', 'team.a', /must be lower-case/],
    ['dnsLabel', 'team\n', /must be lower-case/],
    ['dnsLabel', 'a'.repeat(64), /at most 63/],
    ['queue', 'queue-', /name of a LocalQueue/],
    ['queue', 'a'.repeat(64), /at most 63/],
    ['service', 'a', /at least 2/],
    ['service', '0chat', /start with a letter/],
    ['service', 'a'.repeat(53), /at most 52/],
    ['cluster', '../prod', /cluster name/],
    ['cluster', 'prod/', /cluster name/],
    ['cluster', 'a'.repeat(254), /at most 253/],
    ['modelId', 'qwen3', /organisation\/model/],
    ['modelId', 'a/b/c', /organisation\/model/],
    ['modelId', '../b', /organisation\/model/],
    ['modelId', `a/${'b'.repeat(199)}`, /at most 200/],
    ['revision', 'main', /not a branch/],
    ['revision', 'A'.repeat(40), /40-digit commit/],
    ['entityRef', 'chat-llm', /full entity ref/],
    ['entityRef', 'Component:default/chat', /full entity ref/],
    ['entityRef', 'component:default/chat llm', /full entity ref/],
  ])('of the kind %s are not %j', (kind, name, message) => {
    expect(problemsOf(NAMES[kind], name)).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('of a service leave room for the names that are made from them', () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][-a-z0-9]{0,60}$/),
        fc.constantFrom('-cache', '-download'),
        (name, ending) => {
          fc.pre(serviceNameSchema.safeParse(name).success);
          expect(problemsOf(dnsLabelSchema, `${name}${ending}`)).toEqual([]);
          expect(problemsOf(dnsLabelSchema, name)).toEqual([]);
        },
      ),
    );
  });
});

describe('the size of a volume', () => {
  it.each(['500Ki', '1k', '0.5Ti', '40Gi', '1.5T', '1099511627776'])(
    'may be %s',
    size => expect(storageSizeSchema.parse(size)).toBe(size),
  );

  it.each(['500ki', '40 Gi', '40GB', '0', '0.0Gi', '1m', '-1Gi', '1e3', ''])(
    'may not be "%s"',
    size =>
      expect(problemsOf(storageSizeSchema, size).join()).toMatch(
        /must be a Kubernetes quantity such as "40Gi"/,
      ),
  );
});

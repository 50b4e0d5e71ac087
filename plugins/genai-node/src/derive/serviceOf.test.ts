import { serviceOf } from './serviceOf';

describe('serviceOf', () => {
  it.each([
    ['http://a:80', 'a.own'],
    ['a.b.svc:80', 'a.b'],
    ['postgresql://a.b.svc.cluster.local:5432/x', 'a.b'],
    ['https://example.com', undefined],
    ['https://a.example.com', undefined],
    ['http://', undefined],
  ])('%s', (address, expected) => {
    expect(serviceOf(address, 'own')).toBe(expected);
  });
});

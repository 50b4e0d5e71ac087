import { checkSchema } from '@promptside/backstage-plugin-genai-common';
import { answered, runPlan, silent } from './__testUtils__/runPlan';
import { allVectorStores } from './registry';

it('gives checks that the contract takes, and no request that writes', () => {
  const checkedAt = '2026-11-02T08:00:00.000Z';
  for (const { probePlan, engine } of allVectorStores()) {
    for (const answer of [
      answered({ body: {} }),
      answered({ body: [] }),
      answered({ body: 'null' }),
      answered({ status: 500, body: 'oops' }),
      silent('Timeout'),
    ]) {
      const { reading, asked } = runPlan(probePlan!, () => answer);
      for (const each of reading.checks) {
        expect(checkSchema.parse({ checkedAt, ...each }).name).toBe(each.name);
      }
      const posts = asked.filter(({ body }) => body !== undefined);
      expect(posts.length === 0 || engine === 'milvus').toBe(true);
    }
  }
});

/**
 * A backend with nothing but the stock Kubernetes plugin and this one, as an adopter has them. It runs in a process of its
 * own because the stock plugin loads a module in a way that jest does not support.
 */
import { createBackend } from '@backstage/backend-defaults';
import { createServiceFactory } from '@backstage/backend-plugin-api';
import { signalsServiceRef } from '@backstage/plugin-signals-node';

const backend = createBackend();
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('../src'));
// hints go to the test instead of to browsers
backend.add(
  createServiceFactory({
    service: signalsServiceRef,
    deps: {},
    factory: () => ({
      publish: async ({ channel, message }) => {
        process.send?.({ channel, message });
      },
    }),
  }),
);
backend.start();

// a test run that is killed does not stop what it started; its channel breaks
process.on('disconnect', () => process.exit(0));

/**
 * A backend with nothing but the stock Kubernetes plugin and this one, as an adopter has them. It runs in a process of its
 * own because the stock plugin loads a module in a way that jest does not support.
 */
import { createBackend } from '@backstage/backend-defaults';

const backend = createBackend();
backend.add(import('@backstage/plugin-kubernetes-backend'));
backend.add(import('../src'));
backend.start();

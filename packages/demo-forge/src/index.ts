/**
 * A Gitea-compatible git host on loopback, for trying golden paths without a git host.
 *
 * @packageDocumentation
 */
export {
  startDemoForge,
  type DemoForge,
  type DemoForgeOptions,
} from './startDemoForge';

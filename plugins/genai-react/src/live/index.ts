export {
  useLiveResource,
  type LiveResource,
  type LiveResourceOptions,
  type LiveTopic,
} from './useLiveResource';

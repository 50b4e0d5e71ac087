export { clusterTitle, coverageOf, type Coverage } from './coverage';
export { FreshnessBanner, type FreshnessBannerProps } from './FreshnessBanner';

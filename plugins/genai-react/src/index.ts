/**
 * What the pages of Promptside share: live data, its freshness, states, bars, filters.
 *
 * @packageDocumentation
 */
export * from './api';
export * from './chart';
export * from './coverage';
export * from './entity';
export * from './facts';
export * from './filters';
export * from './format';
export * from './live';
export * from './state';
export * from './table';
export * from './view';

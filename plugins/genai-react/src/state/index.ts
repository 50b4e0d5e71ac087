export { PageState, type PageStateProps } from './PageState';
export { StateChip, type StateChipProps } from './StateChip';
export type { AnyState } from './stateLooks';
export { StatePanel, type StatePanelProps } from './StatePanel';
export { describeError } from './requestFault';

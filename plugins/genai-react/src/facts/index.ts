export { BreakableText, type BreakableTextProps } from './BreakableText';
export { CopyableText, type CopyableTextProps } from './CopyableText';
export { EvidenceList, type EvidenceListProps } from './EvidenceList';
export { FactList, type FactListProps } from './FactList';

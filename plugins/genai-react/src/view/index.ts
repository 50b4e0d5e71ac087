export { quietColor } from './quietColor';
export { ViewTabs, type ViewTabsProps } from './ViewTabs';
export { useNarrow } from './useNarrow';

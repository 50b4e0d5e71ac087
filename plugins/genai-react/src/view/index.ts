export { quietColor } from './quietColor';
export { ViewTabs, type ViewTabsProps } from './ViewTabs';

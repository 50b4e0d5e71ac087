import type { Theme } from '@material-ui/core/styles';

/**
 * Colour of secondary text that stands on the page itself. `text.secondary` of the light theme has a contrast of 4.47
 * there, below the 4.5 of WCAG AA.
 *
 * @public
 */
export function quietColor(theme: Theme): string {
  return theme.palette.type === 'dark'
    ? theme.palette.text.secondary
    : theme.palette.grey[700];
}

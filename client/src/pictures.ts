/**
 * Pictures that the server draws have the colours of light and of dark themes
 * in them, and choose by what the system prefers, for a picture is not told of
 * the editor around it. The editor's own theme may be another one.
 */

const PICTURE = /(data:image\/svg\+xml;base64,)([A-Za-z0-9+/]+=*)/g;
const BY_SYSTEM = /@media\s*\(prefers-color-scheme:\s*dark\)/g;

/** Markdown with all its pictures in the colours of a theme. */
export function picturesInTheme(markdown: string, isDark: boolean): string {
  return markdown.replace(PICTURE, (_, head: string, data: string) => {
    const svg = Buffer.from(data, 'base64').toString('utf8');
    const chosen = svg.replace(BY_SYSTEM, isDark ? '@media all' : '@media not all');
    return head + Buffer.from(chosen).toString('base64');
  });
}

/** The one-time link in what a bot has shown, as it is reached on this machine; undefined when there is none. */
export function localLink(shown: string, botUrl: string): string | undefined {
  const token = /https:\/\/bot\.example\.com\/go\/([\w-]{43})/.exec(shown)?.[1];
  return token === undefined ? undefined : `${botUrl}/go/${token}`;
}

/** The parameters of the address in a page that opens the desktop studio. */
export function launchIn(page: string): URLSearchParams {
  const written = /href="KalturaWebcast:([A-Za-z0-9+/=]+)"/.exec(page)?.[1];
  if (written === undefined) throw new Error(`There is no way into the studio in: ${page}`);
  return new URLSearchParams(Buffer.from(written, 'base64').toString());
}

/** Presses the button of a one-time link's page. */
export const pressLink = (link: string): Promise<Response> => fetch(link, { method: 'POST', redirect: 'manual' });

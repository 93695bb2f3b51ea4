/** The hosts of Teams' connectors in Microsoft's clouds: public, GCC, GCC High and DoD. */
const clouds = [
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
];

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** Says whether the bot may speak to a connector at this address: the token goes wherever this says yes. */
export type AllowHost = (serviceUrl: string) => boolean;

/** Allows Teams' own hosts by https, and those named beside them; http is for named hosts on loopback only. */
export function createAllowHost(named: readonly string[]): AllowHost {
  const extra = new Set(named.map((host) => host.toLowerCase()));
  const https = new Set([...clouds, ...[...extra].map((host) => host.replace(/:443$/, ''))]);
  const http = new Set([...extra].map((host) => host.replace(/:80$/, '')));
  return (serviceUrl) => {
    const url = readUrl(serviceUrl);
    if (url?.username !== '' || url.password !== '') return false;
    if (url.protocol === 'https:') return https.has(url.host);
    return url.protocol === 'http:' && loopback.test(url.hostname) && http.has(url.host);
  };
}

const drives = /(^|\.)sharepoint\.(com|us)$/;

/** Allows the hosts of people's OneDrive by https, and those named; http is for named hosts on loopback only. */
export function createAllowUpload(named: readonly string[]): AllowHost {
  const allowNamed = createAllowHost(named);
  return (uploadUrl) => {
    const url = readUrl(uploadUrl);
    const drive = url?.protocol === 'https:' && url.port === '' && url.username === '' && drives.test(url.hostname);
    return drive || allowNamed(uploadUrl);
  };
}

function readUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

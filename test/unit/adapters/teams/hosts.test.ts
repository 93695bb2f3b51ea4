import { describe, expect, it } from '@jest/globals';
import { createAllowHost, createAllowUpload } from '../../../../src/adapters/teams/hosts.js';

describe('the hosts that the bot speaks to', () => {
  const allows = createAllowHost(['127.0.0.1:3978', 'proxy.example.com:8443', 'plain.example.com', 'other.example:80']);

  it.each([
    'https://smba.trafficmanager.net/emea/',
    'https://SMBA.trafficmanager.net:443/emea/',
    'https://smba.infra.gcc.teams.microsoft.com/',
    'https://smba.infra.gov.teams.microsoft.us/',
    'https://smba.infra.dod.teams.microsoft.us/',
    'https://proxy.example.com:8443/x',
    'https://plain.example.com/',
    'http://127.0.0.1:3978/',
    'https://127.0.0.1:3978/',
  ])('include %s', (url) => {
    expect(allows(url)).toBe(true);
  });

  it.each([
    'http://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net:8443/emea/',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://evil-smba.trafficmanager.net/',
    'https://canary.botapi.skype.com/',
    'http://proxy.example.com:8443/',
    'http://other.example/',
    'http://127.0.0.1:3979/',
    'http://localhost:3978/',
    'ftp://127.0.0.1:3978/',
    '//smba.trafficmanager.net/',
    '',
  ])('do not include %j', (url) => {
    expect(allows(url)).toBe(false);
  });
});

describe("the hosts that people's files are sent to", () => {
  const allows = createAllowUpload(['127.0.0.1:3978']);

  it.each([
    'https://contoso-my.sharepoint.com/personal/ada/_api/v2.0/drive/items/1/uploadSession?guid=x',
    'https://contoso-my.sharepoint.us/upload',
    'http://127.0.0.1:3978/upload/1',
  ])('include %s', (url) => {
    expect(allows(url)).toBe(true);
  });

  it.each([
    'http://contoso-my.sharepoint.com/upload',
    'https://contoso-my.sharepoint.com:8443/upload',
    'https://user@contoso-my.sharepoint.com/upload',
    'https://evilsharepoint.com/upload',
    'https://contoso.sharepoint.com.evil.example/upload',
    'https://evil.example/.sharepoint.com',
    'https://169.254.169.254/latest',
    'no address',
  ])('leave out %s', (url) => {
    expect(allows(url)).toBe(false);
  });
});

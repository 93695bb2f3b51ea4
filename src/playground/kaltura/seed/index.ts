import type { Account } from '../account.js';
import { seedAccessControl } from '../services/accessControlProfile.js';
import { FIRST_UI_CONF, makeUiConf } from '../services/uiConf.js';
import type { Fields } from '../values.js';
import { seedQuestionProfile, seedWebcastProfiles } from './metadata.js';
import { seedTemplates } from './templates.js';

const FIRST_PROFILE = 50;
const LIVE_PROFILE = 2;
const READY = 2;
const CONVERT = 0;
const INGEST = 1;

interface LiveProfile {
  name: string;
  systemName: string;
  description: string;
  flavors: [id: number, systemName: string, origin: number][];
}

/** A live profile takes the source as it comes, and what else it names. */
const liveProfile = (
  name: string,
  systemName: string,
  description: string,
  more: LiveProfile['flavors'],
): LiveProfile => ({ name, systemName, description, flavors: [[32, 'Source', INGEST], ...more] });

const LIVE_PROFILES: LiveProfile[] = [
  liveProfile('Passthrough', 'Passthrough_Live', 'Publish only the broadcasted stream', [
    [36, 'Ingest 2', INGEST],
    [37, 'Ingest 3', INGEST],
  ]),
  liveProfile('Cloud transcode', 'Default_Live', 'The default set of live renditions', [
    [33, 'HD_720', CONVERT],
    [34, 'SD_Large', CONVERT],
    [35, 'SD_Small', CONVERT],
  ]),
  liveProfile('Multicast', 'Multicast_Default', 'The default set for live multicast', [[38, 'Multicast', CONVERT]]),
];

/** A conversion profile of everybody, which is not for live streams. */
const CAPTURE_PROFILE: Fields = {
  id: 5,
  partnerId: 0,
  type: 1,
  name: 'Capture_Tools_Content',
  systemName: 'CAPTURE_TOOLS_CONTENT',
  description: 'Capture Tools Content Conversion Profile',
  flavorParamsIds: '0,2,7',
  conditionalProfiles: '[{"condition":"1==1"}]',
};

function profileFields(now: number): Fields {
  return {
    status: READY,
    tags: '',
    createdAt: now,
    cropDimensions: { left: -1, top: -1, width: -1, height: -1, objectType: 'KalturaCropDimensions' },
    clipStart: -1,
    clipDuration: -1,
    mediaParserType: 0,
    calculateComplexity: true,
    collectionTags: 'mbr,ism',
    detectGOP: 0,
    objectType: 'KalturaConversionProfile',
  };
}

function seedProfiles(account: Account, now: number, hasDefault: boolean): void {
  account.store.table('conversionProfiles').set('5', { ...profileFields(now), ...CAPTURE_PROFILE });
  for (const { flavors, ...texts } of LIVE_PROFILES) {
    const id = account.store.next('conversionProfile', FIRST_PROFILE);
    const profile: Fields = {
      ...profileFields(now),
      ...texts,
      id,
      partnerId: account.partnerId,
      type: LIVE_PROFILE,
      flavorParamsIds: flavors.map(([flavor]) => flavor).join(','),
    };
    account.store.table('conversionProfiles').set(String(id), profile);
    for (const [assetParamsId, systemName, origin] of flavors) {
      const row = account.store.next('conversionProfileAssetParams');
      account.store.table('conversionProfileAssetParams').set(String(row), {
        id: row,
        conversionProfileId: id,
        assetParamsId,
        readyBehavior: 0,
        origin,
        systemName,
        forceNoneComplied: false,
        deletePolicy: 0,
        isEncrypted: false,
        objectType: 'KalturaConversionProfileAssetParams',
      });
    }
    if (hasDefault && texts.systemName === 'Default_Live') account.setDefaultLiveProfile(id);
  }
}

const CUSTOM_PLAYER = 8;
const LEGACY_PLAYER = 1;
const WEBCASTING_STUDIO = 21;
const ADVANCED = 2;
const STUDIO_UI_CONF = 23_448_124;

function seedPlayers(account: Account, now: number): void {
  const seedPlayer = (fields: Fields) => {
    const id = account.store.next('uiConf', FIRST_UI_CONF);
    makeUiConf(account, id, { creationMode: ADVANCED, width: 560, height: 395, ...fields }, now);
  };
  seedPlayer({
    name: 'Webcast player',
    objType: CUSTOM_PLAYER,
    tags: 'kalturaPlayerJs,player,ovp',
    confVars: JSON.stringify({
      versions: { 'kaltura-ovp-player': '{latest}', 'playkit-kaltura-live': '{latest}', 'playkit-qna': '{latest}' },
      langs: ['en'],
    }),
    config: JSON.stringify({ player: { plugins: { kalturaLive: {}, qna: {} } } }),
  });
  seedPlayer({
    name: 'Legacy webcast player',
    objType: LEGACY_PLAYER,
    tags: 'html5studio,player',
    swfUrl: '/flash/kdp3/v3.9.9/kdp3.swf',
    confFile: '<layout/>',
    config: JSON.stringify({ plugins: { liveStatus: {}, liveCore: {} } }),
  });
}

/** The studio's own configuration belongs to everybody. */
function seedStudio(account: Account, now: number): void {
  const release = (system: string, file: string) => ({
    [system]: {
      recommendedVersion: '1.0.0',
      recommendedVersionUrl: `https://downloads.example.test/${file}`,
      minimalVersion: '1.0.0',
    },
  });
  makeUiConf(
    account,
    STUDIO_UI_CONF,
    {
      name: 'Webcasting application (synthetic)',
      partnerId: 0,
      objType: WEBCASTING_STUDIO,
      tags: 'autodeploy,webcasting',
      creationMode: ADVANCED,
      config: JSON.stringify({ ...release('osx', 'webcast-studio.dmg'), ...release('windows', 'webcast-studio.exe') }),
    },
    now,
  );
}

/** Fills an empty account with what every account has, and with what the webcasting module brings. */
export function seedAccount(account: Account, content: 'webcasting' | 'new'): void {
  const now = account.now();
  Object.assign(account.store.defaults, { partnerId: account.partnerId, openedAt: now });
  seedAccessControl(account, now);
  seedProfiles(account, now, content === 'webcasting');
  seedTemplates(account, now);
  seedQuestionProfile(account, now);
  seedStudio(account, now);
  if (content !== 'webcasting') return;
  seedPlayers(account, now);
  seedWebcastProfiles(account, now);
}

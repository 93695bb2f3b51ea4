/** Manifest versions of the app package: the newest, and one for tenants whose portal does not take it yet. */
export const versions = ['1.30', '1.25'];

const scopes = ['personal', 'team', 'groupChat'];

/**
 * The app's manifest for Teams in one of the versions.
 * app: { id, version, websiteUrl, privacyUrl, termsUrl }, commands: the product's own, each with name and summary.
 */
export function createManifest(manifestVersion, app, commands) {
  // Slash commands and messages for one person came with 1.29; earlier versions refuse the words for them.
  const newer = manifestVersion === '1.30';
  return {
    $schema: `https://developer.microsoft.com/json-schemas/teams/v${manifestVersion}/MicrosoftTeams.schema.json`,
    manifestVersion,
    version: app.version,
    id: app.id,
    developer: {
      name: 'Kaltura Webcast Bot',
      websiteUrl: app.websiteUrl,
      privacyUrl: app.privacyUrl,
      termsOfUseUrl: app.termsUrl,
    },
    name: { short: 'Webcast', full: 'Webcast for Kaltura' },
    description: {
      short: 'Plan, run and embed Kaltura webcasts without leaving Teams.',
      full:
        'Webcast lets the people who run a Kaltura webcast do it from Teams: plan it in a form, hand out encoder and ' +
        'embed code, go live, follow its state, end it and find the recording. Write to it in its own chat, mention ' +
        'it in a channel or group chat, or open the form from the message box; what is private is shown to you alone.',
    },
    icons: { color: 'color.png', outline: 'outline.png' },
    accentColor: '#0B3D5C',
    supportsChannelFeatures: 'tier1',
    bots: [
      {
        botId: app.id,
        scopes,
        isNotificationOnly: false,
        supportsFiles: true,
        ...(newer && { supportsTargetedMessages: true }),
        commandLists: [
          {
            scopes,
            ...(newer && { triggers: ['mention', 'slash'] }),
            // Picking a command types its title, which is the command's own word.
            commands: menuOf(commands).map(({ name, summary }) => ({ title: name, description: summary })),
          },
        ],
      },
    ],
    composeExtensions: [
      {
        botId: app.id,
        commands: [
          {
            id: 'createWebcast',
            type: 'action',
            context: ['compose', 'commandBox'],
            title: 'Plan a webcast',
            description: 'Opens the form of a new webcast.',
            fetchTask: true,
            ...(newer && { triggers: ['slash'] }),
          },
        ],
      },
    ],
  };
}

/** Teams shows twelve commands at most: the first eleven, and help, which tells the others. */
function menuOf(commands) {
  const help = commands.find(({ name }) => name === 'help');
  return [...commands.filter((one) => one !== help).slice(0, 11), help];
}

import {
  type Activity as BotActivity,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  ConfigurationServiceClientCredentialFactory,
  type TurnContext,
} from 'botbuilder';
import type { Activity } from './activity.js';
import type { TeamsConfig } from './config.js';
import type { Transport } from './transport.js';

/** What an invoke is answered with. */
export interface InvokeAnswer {
  readonly status: number;
  readonly body?: object | undefined;
}

type Authentication = ConfigurationBotFrameworkAuthentication;
type Client = Awaited<ReturnType<ReturnType<Authentication['createConnectorFactory']>['create']>>;
type Options = NonNullable<ConstructorParameters<typeof ConfigurationBotFrameworkAuthentication>[4]>;
type HttpClient = NonNullable<Options['httpClient']>;

/** The Bot Framework as the bot uses it: turns of activities that were let in, and clients of Teams' connectors. */
export interface Adapter {
  /** Runs one turn; what receive gives for an invoke is what the turn gives. */
  turn(activity: Activity, receive: () => Promise<InvokeAnswer | undefined>): Promise<InvokeAnswer | undefined>;
  client(serviceUrl: string): Promise<Client>;
}

/** How many connectors are remembered; there is one for each region and tenant. */
const most = 100;

export function createAdapter(config: TeamsConfig, transport: Transport): Adapter {
  const authentication = createAuthentication(config, transport);
  const clients = new Map<string, Promise<Client>>();

  class Turns extends CloudAdapter {
    /** The identity of the bot itself: whoever speaks was checked at the gate. */
    readonly identity = this.createClaimsIdentity(config.appId);
    readonly factory = authentication.createConnectorFactory(this.identity);

    async take(activity: Activity, logic: (context: TurnContext) => Promise<void>) {
      const known = {
        audience: config.addresses.oauthScope,
        callerId: config.addresses.callerId,
        claimsIdentity: this.identity,
        connectorFactory: { create: client },
      };
      return this.processActivity(known, describe(activity), logic);
    }
  }
  const turns = new Turns(authentication);

  function client(serviceUrl: string): Promise<Client> {
    const found = clients.get(serviceUrl);
    if (found) return found;
    const made = turns.factory.create(serviceUrl, config.addresses.oauthScope);
    const [oldest] = clients.keys();
    if (oldest !== undefined && clients.size >= most) clients.delete(oldest);
    clients.set(serviceUrl, made);
    return made;
  }

  return {
    client,
    async turn(activity, receive) {
      let answer: InvokeAnswer | undefined;
      await turns.take(activity, async () => {
        answer = await receive();
      });
      return answer;
    },
  };
}

/** An activity in the SDK's terms; its type asks for every property that any channel sends. */
function describe({ type, id, name, channelId, serviceUrl, from, recipient, conversation }: Activity): BotActivity {
  const account = (one: { readonly id: string; readonly name?: string | null | undefined }) => ({
    id: one.id,
    name: one.name ?? '',
  });
  const known: Partial<BotActivity> = {
    type,
    channelId,
    serviceUrl,
    ...(id && { id }),
    ...(name && { name }),
    from: account(from),
    recipient: account(recipient),
    conversation: {
      id: conversation.id,
      name: '',
      isGroup: conversation.conversationType !== 'personal',
      conversationType: conversation.conversationType ?? '',
      ...(conversation.tenantId && { tenantId: conversation.tenantId }),
    },
  };
  return known as BotActivity;
}

/** The SDK makes a client of the sign-in service for every turn; the bot signs nobody in, so one serves them all. */
class OneTokenClient extends ConfigurationBotFrameworkAuthentication {
  private made: ReturnType<Authentication['createUserTokenClient']> | undefined;

  override createUserTokenClient(...identity: Parameters<Authentication['createUserTokenClient']>) {
    this.made ??= super.createUserTokenClient(...identity);
    return this.made;
  }
}

function createAuthentication(config: TeamsConfig, transport: Transport): Authentication {
  const { addresses, appId } = config;
  const settings = {
    MicrosoftAppId: appId,
    MicrosoftAppType: 'MultiTenant',
    ToBotFromChannelOpenIdMetadataUrl: addresses.openIdMetadataUrl,
    ToBotFromChannelTokenIssuer: addresses.tokenIssuer,
    ToBotFromEmulatorOpenIdMetadataUrl: addresses.emulatorOpenIdMetadataUrl,
    OAuthUrl: addresses.oauthUrl,
    ToChannelFromBotLoginUrl: addresses.loginUrl,
    ToChannelFromBotOAuthScope: addresses.oauthScope,
    CallerId: addresses.callerId,
    ValidateAuthority: String(addresses.validateAuthority),
  };
  const credentials = {
    isValidAppId: async (id?: string) => id === appId,
    isAuthenticationDisabled: async () => false,
    // The transport signs, after it has judged the host.
    createCredentials: async () => ({ signRequest: async <T>(request: T) => request }),
  };
  const httpClient: HttpClient = {
    async sendRequest(request) {
      const { method, url } = request;
      const body = typeof request.body === 'string' ? request.body : undefined;
      const { status, text } = await transport.send({ method, url, body });
      const headers = request.headers.clone();
      headers.set('content-type', 'application/json');
      return { request, status, headers, bodyAsText: text };
    },
  };
  return new OneTokenClient(settings, credentials, undefined, undefined, { httpClient });
}

/** A token of a user-assigned managed identity, which Azure gives to its own machines without any secret. */
export async function requestManagedToken(config: TeamsConfig): Promise<string> {
  const { appId, tenantId, addresses } = config;
  const settings = { MicrosoftAppType: 'UserAssignedMSI', MicrosoftAppId: appId, MicrosoftAppTenantId: tenantId ?? '' };
  const factory = new ConfigurationServiceClientCredentialFactory(settings);
  const credentials = await factory.createCredentials(
    appId,
    addresses.oauthScope,
    addresses.loginUrl,
    addresses.validateAuthority,
  );
  return 'getToken' in credentials && typeof credentials.getToken === 'function' ? await credentials.getToken() : '';
}

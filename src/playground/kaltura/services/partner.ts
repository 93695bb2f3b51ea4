import type { Account } from '../account.js';
import { argument, type Service } from '../call.js';
import { ApiError } from '../errors.js';
import { listResponse } from '../filter.js';
import type { Fields } from '../values.js';

function describe(account: Account): Fields {
  const { adminSecret, userSecret } = account.options;
  const mail = `admin${account.openedAt}@example.test`;
  return {
    id: account.partnerId,
    name: 'Webcast Demo',
    appearInSearch: 1,
    createdAt: account.openedAt,
    adminName: 'Demo Admin',
    adminEmail: mail,
    description: 'synthetic partner',
    commercialUse: 0,
    type: 1,
    describeYourself: '',
    adultContent: 0,
    defConversionProfileType: 1001,
    notify: 0,
    status: 1,
    allowQuickEdit: 1,
    maxUploadSize: '150',
    partnerPackage: 1,
    secret: userSecret,
    adminSecret,
    allowMultiNotification: 0,
    adminLoginUsersQuota: '10',
    adminUserId: mail,
    firstName: 'Demo Admin',
    additionalParams: [],
    publishersQuota: 0,
    defaultEntitlementEnforcement: false,
    templatePartnerId: 0,
    ignoreSeoLinks: false,
    useTwoFactorAuthentication: false,
    useSso: false,
    blockDirectLogin: false,
    isFirstLogin: true,
    publisherEnvironmentType: 0,
    eSearchLanguages: [],
    authenticationType: 0,
    passReplaceFreq: '432000000',
    maxLoginAttempts: '5000',
    loginBlockPeriod: '0',
    numPrevPassToKeep: '0',
    allowDefaultPasswordRestrictions: true,
    isSelfServe: false,
    allowedDomains: '',
    excludedAdminRoleName: '',
    eventPlatformAllowedTemplates: '',
    recycleBinRetentionPeriod: 30,
    objectType: 'KalturaPartner',
  };
}

export const partner: Service = {
  get: (args, { account }) => {
    const id = args.id === undefined ? String(account.partnerId) : argument(args, 'id');
    if (id !== String(account.partnerId)) throw new ApiError('UNKNOWN_PARTNER_ID', { PARTNER_ID: id });
    return describe(account);
  },
  getInfo: (_args, { account }) => describe(account),
  getSecrets: () => {
    throw new ApiError('USER_DATA_ERROR');
  },
  listFeatureStatus: () => listResponse('KalturaFeatureStatusListResponse', 0, []),
};

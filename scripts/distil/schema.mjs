import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The services whose every action, parameter and returned type is kept. */
const SERVICES = [
  'session system apptoken livestream baseentry media conversionprofile conversionprofileassetparams uiconf',
  'metadata_metadata metadata_metadataprofile schedule_scheduleevent cuepoint_cuepoint annotation_annotation report',
  'livereports eventnotification_eventnotificationtemplate flavorasset thumbasset entryservernode category categoryentry',
  'stats user userrole partner permission beacon_beacon poll_poll responseprofile accesscontrolprofile widget',
  'caption_captionasset',
]
  .join(' ')
  .split(' ');

/** Services that only answer "forbidden": their names and actions are kept, their types are not. */
const REFUSING = ['deliveryprofile', 'analytics'];

/** Classes that no signature names but that callers send or receive. */
const SUBCLASSES = [
  'LiveStreamAdminEntry LiveEntryServerNode LiveEntryServerNodeFilter LiveAsset DetachedResponseProfile ResponseProfileMapping',
  'MetadataSearchItem SearchCondition SearchOperator MatchMetadataCondition Annotation CodeCuePoint ThumbCuePoint EventCuePoint AdCuePoint',
  'AnnotationFilter CodeCuePointFilter ThumbCuePointFilter MediaEntryFilter MediaEntryFilterForPlaylist',
  'LiveStreamScheduleEvent LiveStreamScheduleEventFilter LiveRedirectScheduleEvent RecordScheduleEvent MeetingScheduleEvent VODScheduleEvent',
  'LiveCaptionFeature LiveRestreamFeature EntryScheduleEventFilter RecordScheduleEventFilter',
  'HttpNotificationTemplate HttpNotificationTemplateFilter HttpNotificationObjectData HttpNotificationDataFields HttpNotificationDataText',
  'EventNotificationArrayParameter EventNotificationParameter EventObjectChangedCondition EventFieldCondition EvalBooleanField EvalStringField',
  'EmailNotificationTemplate EmailNotificationUserRecipientProvider EmailNotificationCategoryRecipientProvider CategoryUserProviderFilter',
  'KeyValue StringValue String FlavorAssetFilter ThumbAssetFilter EndUserReportInputFilter AnalyticsFilter StatsEvent',
  'AccessControlBlockAction AuthenticatedCondition CountryCondition SiteCondition',
  'OperationResource EntryResource ClipAttributes CaptionAssetFilter StringResource',
]
  .join(' ')
  .split(' ')
  .map((name) => `Kaltura${name}`);

const element = (type) => type?.replace(/^(?:array|map)<(.*)>$/, '$1');

/**
 * Everything is kept as one line of text per object, action and enumeration, so that the file stays small and its
 * changes can be read: `name type flags` of each property or parameter, parted by semicolons.
 */
function lineOf(item, optional) {
  const words = [item.name, item.type];
  if (item.enumType) words.push(`enum=${item.enumType}`);
  for (const flag of ['readonly', 'insertonly', 'writeonly', 'time', 'multiLingual']) if (item[flag]) words.push(flag);
  for (const bound of ['minLength', 'maxLength', 'minValue', 'maxValue']) {
    if (item[bound] !== undefined) words.push(`${bound}=${item[bound]}`);
  }
  if (optional && item.optional) words.push('optional');
  if (item.default !== undefined && item.default !== null) words.push(`default=${item.default}`);
  return words.join(' ');
}

/** Cuts the API's own schema down to what the behaving server reads; error codes are those that its sources name. */
export function cutSchema(schema, sourceFolder, recordingsFolder) {
  const objects = {};
  const enums = {};
  const services = {};
  const keepEnum = (name) => {
    const known = name && schema.enums[name];
    if (known) enums[name] = [known.type, ...Object.values(known.values)].join('|');
  };
  const keepObject = (type) => {
    const name = element(type);
    const object = schema.objects[name];
    if (!object || objects[name] !== undefined) return;
    objects[name] = [
      `${object.abstract ? '!' : ''}${object.base ?? ''}`,
      ...object.props.map((one) => lineOf(one)),
    ].join('; ');
    keepObject(object.base);
    for (const property of object.props) {
      keepEnum(property.enumType);
      keepObject(property.type);
    }
  };
  for (const id of [...SERVICES, ...REFUSING]) {
    const service = schema.services[id];
    if (!service) continue;
    const isRefusing = REFUSING.includes(id);
    services[id] = {};
    for (const [name, action] of Object.entries(service.actions)) {
      const parameters = isRefusing ? [] : action.params;
      services[id][name] = parameters.map((one) => lineOf(one, true)).join('; ');
      for (const parameter of parameters) {
        keepEnum(parameter.enumType);
        keepObject(parameter.type);
      }
      if (!isRefusing) keepObject(action.returns);
    }
  }
  for (const name of SUBCLASSES) keepObject(name);
  return {
    services,
    objects,
    enums,
    errors: cutErrors({ ...learnErrors(recordingsFolder), ...schema.errors }, sourceFolder),
  };
}

function collectErrors(value, found) {
  if (typeof value !== 'object' || value === null) return;
  if (value.objectType === 'KalturaAPIException') found.push(value);
  for (const item of Object.values(value)) collectErrors(item, found);
}

/** Learns the message templates that the schema lacks (those of some plugins) from recorded errors. */
function learnErrors(folder) {
  const found = [];
  for (const file of readdirSync(folder).sort()) {
    collectErrors(JSON.parse(readFileSync(join(folder, file), 'utf8')).response?.body, found);
  }
  const templates = {};
  for (const { code, message, args } of found) {
    templates[code] ??= Object.entries(args).reduce(
      (text, [name, value]) => (value === '' ? text : text.replace(value, `@${name}@`)),
      message,
    );
  }
  return templates;
}

function cutErrors(messages, sourceFolder) {
  const named = new Set();
  for (const file of readdirSync(sourceFolder, { recursive: true })) {
    if (!String(file).endsWith('.ts')) continue;
    for (const [, code] of readFileSync(join(sourceFolder, String(file)), 'utf8').matchAll(/'([A-Z][A-Z_ ]{3,})'/g))
      named.add(code);
  }
  return Object.fromEntries(
    [...named]
      .sort()
      .filter((code) => messages[code] !== undefined)
      .map((code) => [code, messages[code]]),
  );
}

/** What a Kaltura server of today has and kaltura-typescript-client 6.0.0 does not know; nothing else adds to the client. */
import { LoggerSettings, LogLevels } from 'kaltura-typescript-client/kaltura-logger.js';
import { KalturaObjectBase, type KalturaObjectMetadata } from 'kaltura-typescript-client/kaltura-object-base.js';
import { KalturaRequest, type KalturaRequestArgs } from 'kaltura-typescript-client/kaltura-request.js';
import { KalturaTypesFactory } from 'kaltura-typescript-client/kaltura-types-factory.js';
import {
  KalturaBaseEntryFilter,
  type KalturaBaseEntryFilterArgs,
} from 'kaltura-typescript-client/types/KalturaBaseEntryFilter.js';
import { KalturaCategoryEntry } from 'kaltura-typescript-client/types/KalturaCategoryEntry.js';
import {
  KalturaEndUserReportInputFilter,
  type KalturaEndUserReportInputFilterArgs,
} from 'kaltura-typescript-client/types/KalturaEndUserReportInputFilter.js';
import { KalturaFlavorAsset } from 'kaltura-typescript-client/types/KalturaFlavorAsset.js';
import {
  KalturaLiveEntryRecordingOptions,
  type KalturaLiveEntryRecordingOptionsArgs,
} from 'kaltura-typescript-client/types/KalturaLiveEntryRecordingOptions.js';
import {
  KalturaLiveStreamEntry,
  type KalturaLiveStreamEntryArgs,
} from 'kaltura-typescript-client/types/KalturaLiveStreamEntry.js';
import type { KalturaNullableBoolean } from 'kaltura-typescript-client/types/KalturaNullableBoolean.js';
import {
  ReportGetGraphsAction,
  type ReportGetGraphsActionArgs,
} from 'kaltura-typescript-client/types/ReportGetGraphsAction.js';
import {
  ReportGetTableAction,
  type ReportGetTableActionArgs,
} from 'kaltura-typescript-client/types/ReportGetTableAction.js';
import {
  ReportGetTotalAction,
  type ReportGetTotalActionArgs,
} from 'kaltura-typescript-client/types/ReportGetTotalAction.js';

// The client reports object types that it does not know with console.warn, once per object.
LoggerSettings.logLevel = LogLevels.none;

type Properties = KalturaObjectMetadata['properties'];
const added = (metadata: KalturaObjectMetadata, properties: Properties): KalturaObjectMetadata => ({
  properties: { ...metadata.properties, ...properties },
});

/** KalturaViewMode. */
export const ViewMode = { preview: 0, allowAll: 1 } as const;
/** KalturaRecordingStatus. */
export const RecordingStatus = { stopped: 0, paused: 1, active: 2, disabled: 3 } as const;
/** KalturaLiveStreamBroadcastStatus. */
export const BroadcastStatus = { offline: 1, preview: 2, live: 3 } as const;

interface LiveStreamEntryArgs extends KalturaLiveStreamEntryArgs {
  explicitLive?: KalturaNullableBoolean;
  viewMode?: number;
  recordingStatus?: number;
}

/** KalturaLiveStreamEntry with preview, recording status, times and the addresses for secured and SRT encoders. */
export class LiveStreamEntry extends KalturaLiveStreamEntry {
  declare explicitLive: KalturaNullableBoolean;
  declare viewMode: number;
  declare recordingStatus: number;
  declare readonly broadcastTime: number;
  declare readonly lastBroadcastEndTime: number;
  declare readonly primarySecuredBroadcastingUrl: string;
  declare readonly secondarySecuredBroadcastingUrl: string;
  declare readonly primarySrtBroadcastingUrl: string;
  declare readonly primarySrtStreamId: string;
  declare readonly secondarySrtBroadcastingUrl: string;
  declare readonly secondarySrtStreamId: string;

  constructor(data?: LiveStreamEntryArgs) {
    super(data);
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), {
      explicitLive: { type: 'en', subType: 'KalturaNullableBoolean' },
      viewMode: { type: 'en', subType: 'KalturaViewMode' },
      recordingStatus: { type: 'en', subType: 'KalturaRecordingStatus' },
      broadcastTime: { type: 'n', readOnly: true },
      lastBroadcastEndTime: { type: 'n', readOnly: true },
      primarySecuredBroadcastingUrl: { type: 's', readOnly: true },
      secondarySecuredBroadcastingUrl: { type: 's', readOnly: true },
      primarySrtBroadcastingUrl: { type: 's', readOnly: true },
      primarySrtStreamId: { type: 's', readOnly: true },
      secondarySrtBroadcastingUrl: { type: 's', readOnly: true },
      secondarySrtStreamId: { type: 's', readOnly: true },
    });
  }
}

interface RecordingOptionsArgs extends KalturaLiveEntryRecordingOptionsArgs {
  shouldAutoArchive?: KalturaNullableBoolean;
  nonDeletedCuePointsTags?: string;
  archiveVodSuffixTimezone?: string;
}

/** KalturaLiveEntryRecordingOptions with automatic archiving. */
export class RecordingOptions extends KalturaLiveEntryRecordingOptions {
  declare shouldAutoArchive: KalturaNullableBoolean;
  declare nonDeletedCuePointsTags: string;
  declare archiveVodSuffixTimezone: string;

  constructor(data?: RecordingOptionsArgs) {
    super(data);
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), {
      shouldAutoArchive: { type: 'en', subType: 'KalturaNullableBoolean' },
      nonDeletedCuePointsTags: { type: 's' },
      archiveVodSuffixTimezone: { type: 's' },
    });
  }
}

interface BaseEntryFilterArgs extends KalturaBaseEntryFilterArgs {
  displayInSearchIn?: string;
}

/** KalturaBaseEntryFilter that can ask for hidden entries too. */
export class BaseEntryFilter extends KalturaBaseEntryFilter {
  declare displayInSearchIn: string;

  constructor(data?: BaseEntryFilterArgs) {
    super(data);
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), { displayInSearchIn: { type: 's' } });
  }
}

/** KalturaCategoryEntry whose category may be a reference to an earlier answer; the client takes a number only. */
export class CategoryEntry extends KalturaCategoryEntry {
  constructor({ entryId, category }: { entryId: string; category: string }) {
    super({ entryId });
    Object.assign(this, { categoryId: category });
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), { categoryId: { type: 's' } });
  }
}

/** KalturaFlavorAsset with its exact size; the size that the client knows is in kilobytes. */
class FlavorAsset extends KalturaFlavorAsset {
  declare readonly sizeInBytes: number;

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), { sizeInBytes: { type: 'n', readOnly: true } });
  }
}

/** KalturaLiveStreamDetails: what arrives on each path, and what an ordinary viewer gets. */
export class LiveStreamDetails extends KalturaObjectBase {
  declare readonly primaryStreamStatus: number;
  declare readonly secondaryStreamStatus: number;
  declare readonly viewMode: number;
  declare readonly wasBroadcast: boolean;
  declare readonly broadcastStatus: number;

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), {
      objectType: { type: 'c', default: 'KalturaLiveStreamDetails' },
      primaryStreamStatus: { type: 'en', readOnly: true, subType: 'KalturaEntryServerNodeStatus' },
      secondaryStreamStatus: { type: 'en', readOnly: true, subType: 'KalturaEntryServerNodeStatus' },
      viewMode: { type: 'en', readOnly: true, subType: 'KalturaViewMode' },
      wasBroadcast: { type: 'b', readOnly: true },
      broadcastStatus: { type: 'en', readOnly: true, subType: 'KalturaLiveStreamBroadcastStatus' },
    });
  }
}

/** The request of liveStream.getDetails; it names its parameter id, where get and update say entryId. */
export class LiveStreamGetDetailsAction extends KalturaRequest<LiveStreamDetails> {
  declare id: string;

  constructor(data: KalturaRequestArgs & { id: string }) {
    super(data, {
      responseType: 'o',
      responseSubType: 'KalturaLiveStreamDetails',
      responseConstructor: LiveStreamDetails,
    });
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), {
      service: { type: 'c', default: 'livestream' },
      action: { type: 'c', default: 'getDetails' },
      id: { type: 's' },
    });
  }
}

interface ReportInputFilterArgs extends KalturaEndUserReportInputFilterArgs {
  entryIdIn?: string;
}

/** KalturaEndUserReportInputFilter that can be narrowed to entries; several are joined by the delimiter of the answer. */
export class ReportInputFilter extends KalturaEndUserReportInputFilter {
  declare entryIdIn: string;

  constructor(data?: ReportInputFilterArgs) {
    super(data);
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), { entryIdIn: { type: 's' } });
  }
}

/** KalturaReportResponseOptions: how a report writes its rows. */
export class ReportResponseOptions extends KalturaObjectBase {
  declare delimiter: string;

  constructor(data?: { delimiter?: string }) {
    super(data);
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), {
      objectType: { type: 'c', default: 'KalturaReportResponseOptions' },
      delimiter: { type: 's' },
    });
  }
}

interface Written {
  responseOptions: ReportResponseOptions;
}

const written: Properties = {
  responseOptions: {
    type: 'o',
    subTypeConstructor: ReportResponseOptions,
    subType: 'KalturaReportResponseOptions',
  },
};

/** report.getTotal with a word on how the answer is written. */
export class ReportTotalAction extends ReportGetTotalAction {
  declare responseOptions: ReportResponseOptions;

  constructor(data: ReportGetTotalActionArgs & Written) {
    super(data);
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), written);
  }
}

/** report.getTable with a word on how the answer is written. */
export class ReportTableAction extends ReportGetTableAction {
  declare responseOptions: ReportResponseOptions;

  constructor(data: ReportGetTableActionArgs & Written) {
    super(data);
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), written);
  }
}

/** report.getGraphs with a word on how the answer is written. */
export class ReportGraphsAction extends ReportGetGraphsAction {
  declare responseOptions: ReportResponseOptions;

  constructor(data: ReportGetGraphsActionArgs & Written) {
    super(data);
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), written);
  }
}

/** The request of liveStream.regenerateStreamToken, which answers with the entry; 6.0.0 expects nothing. */
export class LiveStreamRegenerateStreamTokenAction extends KalturaRequest<LiveStreamEntry> {
  declare entryId: string;

  constructor(data: KalturaRequestArgs & { entryId: string }) {
    super(data, {
      responseType: 'o',
      responseSubType: 'KalturaLiveStreamEntry',
      responseConstructor: LiveStreamEntry,
    });
  }

  protected override _getMetadata(): KalturaObjectMetadata {
    return added(super._getMetadata(), {
      service: { type: 'c', default: 'livestream' },
      action: { type: 'c', default: 'regenerateStreamToken' },
      entryId: { type: 's' },
    });
  }
}

// The factory decides by name what an answer becomes, so these stand in for the client's own classes.
KalturaTypesFactory.registerType('KalturaLiveStreamEntry', LiveStreamEntry);
KalturaTypesFactory.registerType('KalturaLiveStreamAdminEntry', LiveStreamEntry);
KalturaTypesFactory.registerType('KalturaLiveEntryRecordingOptions', RecordingOptions);
KalturaTypesFactory.registerType('KalturaFlavorAsset', FlavorAsset);
KalturaTypesFactory.registerType('KalturaLiveStreamDetails', LiveStreamDetails);

/** A request of the client: it knows what it sends and how to read what comes back. */
export interface ClientRequest {
  toRequestObject(): object;
  handleResponse(answer: unknown): { readonly result: unknown; readonly error: unknown };
}

/**
 * Reads a good answer through the request that asked for it, or undefined when it cannot be read.
 * false, 0 and "" are answers like others (isLive, getCurrentPermissions); 6.0.0 takes them for missing ones.
 */
export function readResult(request: ClientRequest, answer: unknown): unknown {
  if (answer === false || answer === 0 || answer === '') return answer;
  const { result, error } = request.handleResponse(answer);
  return error ? undefined : result;
}

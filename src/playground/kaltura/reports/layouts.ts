/** The columns of one report: a part that is missing ends in an internal error, as on the real server. */
export interface Layout {
  total?: string;
  /** Columns that name the row, then columns that count. */
  table?: [rows: RowKind, columns: string];
  graphs?: string;
  /** How far apart the points of its graphs are. */
  step: 'day' | 'hour' | 'ten-seconds';
}

/** What the rows of a table are. */
export type RowKind =
  | 'entry'
  | 'live-entry'
  | 'named-entry'
  | 'user'
  | 'user-name'
  | 'country'
  | 'region'
  | 'city'
  | 'device'
  | 'domain'
  | 'time'
  | 'reaction'
  | 'position'
  | 'none';

const WEBCAST =
  'count_plays,unique_viewers,sum_view_period,avg_live_buffer_time,avg_vod_completion_rate,live_engaged_users_play_time_ratio';
const CONTENT =
  'count_plays,sum_time_viewed,avg_time_viewed,count_loads,load_play_ratio,avg_view_drop_off,unique_known_users,sum_view_period,avg_view_period_time,avg_completion_rate';
const CONTENT_GRAPHS = 'count_plays,sum_time_viewed,avg_time_viewed,count_loads,sum_view_period,avg_view_period_time';
const ENGAGEMENT =
  'unique_videos,count_plays,sum_time_viewed,avg_time_viewed,avg_view_drop_off,count_loads,load_play_ratio,sum_view_period,avg_view_period_time,avg_completion_rate';
const MAP =
  'count_plays,count_plays_25,count_plays_50,count_plays_75,count_plays_100,play_through_ratio,unique_known_users,avg_view_drop_off,count_loads,avg_completion_rate';
const QOS =
  'view_unique_audience,view_unique_buffering_users,avg_view_downstream_bandwidth,view_buffer_time_ratio,avg_view_bitrate';
const OVERVIEW = 'view_unique_audience,view_unique_engaged_users,views,avg_view_engagement';
const DISCOVERY =
  'view_unique_audience,view_unique_engaged_users,view_unique_buffering_users,avg_view_downstream_bandwidth,view_unique_audience_dvr,' +
  'avg_view_bitrate,sum_view_time,avg_view_live_latency,avg_view_dropped_frames_ratio,avg_view_buffering,avg_view_engagement,avg_view_dvr,' +
  'view_buffer_time_ratio,avg_view_segment_download_time_sec,avg_view_manifest_download_time_sec,error';
const DISCOVERY_VIEW =
  'viewers,viewers_buffering,viewers_engagement,viewers_dvr,avg_view_downstream_bandwidth,avg_view_bitrate,sum_view_time,avg_view_live_latency,' +
  'avg_view_dropped_frames_ratio,view_buffer_time_ratio,avg_view_segment_download_time_sec,avg_view_manifest_download_time_sec,error';
const ENTRY_USERS =
  'sum_view_time_live,sum_view_time_dvr,sum_view_time,avg_view_buffering,avg_view_engagement,known_flavor_params_view_count,view_buffer_time_ratio';
const PLATFORMS =
  'view_unique_audience,view_unique_engaged_users,view_unique_buffering_users,sum_view_time,avg_view_buffering,avg_view_engagement,view_buffer_time_ratio,known_flavor_params_view_count';
const REALTIME_MAP = 'view_unique_audience,avg_view_engagement,avg_view_buffering,avg_view_downstream_bandwidth';
const QUALITY = 'avg_view_engagement,avg_view_buffering,avg_view_downstream_bandwidth';
const PLAY_TIMES = 'vod_avg_play_time,combined_live_avg_play_time,vod_live_avg_view_time';
const UNIQUE_VIEWERS = 'unique_vod_viewers,unique_combined_live_viewers,unique_vod_live_viewers';

/** Columns by report type, as they were seen; 40001 to 40013 are the webcast reports, 10001 to 10015 the real-time ones. */
export const LAYOUTS: Record<string, Layout> = {
  '1': { total: CONTENT, table: ['named-entry', CONTENT], graphs: CONTENT_GRAPHS, step: 'day' },
  '11': {
    total: `unique_known_users,${ENGAGEMENT}`,
    table: ['user-name', ENGAGEMENT],
    graphs: CONTENT_GRAPHS,
    step: 'day',
  },
  '34': {
    total:
      'count_plays,sum_time_viewed,unique_known_users,avg_view_drop_off,avg_completion_rate,count_loads,sum_view_period',
    step: 'day',
  },
  '36': { total: MAP, table: ['country', MAP], step: 'day' },
  '10001': { total: REALTIME_MAP, table: ['country', REALTIME_MAP], step: 'hour' },
  '10002': { total: REALTIME_MAP, table: ['region', REALTIME_MAP], step: 'hour' },
  '10003': { total: REALTIME_MAP, table: ['city', REALTIME_MAP], step: 'hour' },
  '10004': {
    total: 'view_unique_audience,sum_view_time',
    table: ['device', 'view_unique_audience,sum_view_time'],
    step: 'hour',
  },
  '10005': { total: OVERVIEW, table: ['time', OVERVIEW], graphs: OVERVIEW, step: 'hour' },
  '10006': { total: QOS, table: ['time', QOS], graphs: QOS, step: 'hour' },
  '10007': { total: DISCOVERY, table: ['time', DISCOVERY], graphs: DISCOVERY, step: 'ten-seconds' },
  '10008': { total: ENTRY_USERS, table: ['user', ENTRY_USERS], step: 'ten-seconds' },
  '10010': { total: PLATFORMS, table: ['device', PLATFORMS], step: 'ten-seconds' },
  '10012': {
    total: `${QUALITY},view_unique_audience`,
    table: ['entry', `${QUALITY},view_unique_audience`],
    step: 'hour',
  },
  '10013': { total: DISCOVERY_VIEW, table: ['time', DISCOVERY_VIEW], graphs: DISCOVERY_VIEW, step: 'ten-seconds' },
  '10014': { total: `${QUALITY},viewers`, table: ['live-entry', `viewers,${QUALITY}`], graphs: '', step: 'hour' },
  '10015': {
    total: `views,${QUALITY}`,
    table: ['live-entry', `creator_name,views,${QUALITY}`],
    graphs: '',
    step: 'hour',
  },
  '40001': { total: 'count_plays,unique_viewers,sum_view_period,sum_live_view_period', step: 'day' },
  '40002': { total: 'live_engaged_users_play_time_ratio,avg_vod_completion_rate,registered', step: 'day' },
  '40003': { total: 'avg_live_buffer_time,avg_bitrate', step: 'day' },
  '40004': { total: WEBCAST, table: ['country', WEBCAST], step: 'day' },
  '40005': { total: WEBCAST, table: ['region', WEBCAST], step: 'day' },
  '40006': { total: WEBCAST, table: ['city', WEBCAST], step: 'day' },
  '40007': {
    total: WEBCAST,
    table: [
      'device',
      'vod_plays_count,live_plays_count,sum_view_period,sum_live_view_period,avg_vod_completion_rate,live_engaged_users_play_time_ratio',
    ],
    step: 'day',
  },
  '40008': { total: WEBCAST, table: ['domain', WEBCAST], step: 'day' },
  '40009': {
    total:
      'registered,count_loads,count_plays,sum_view_period,sum_live_view_period,avg_live_buffer_time,live_engaged_users_play_time_ratio',
    table: [
      'user',
      'registered,count_loads,count_plays,sum_view_period,sum_live_view_period,avg_live_buffer_time,total_completion_rate,live_engaged_users_play_time_ratio',
    ],
    step: 'day',
  },
  '40010': {
    total: ['no', 'low', 'fair', 'good', 'high']
      .map((grade) => `live_${grade}_eng_view_period_play_time_rate`)
      .join(','),
    step: 'day',
  },
  '40012': {
    total: 'count_add_to_calendar_clicked,count_reaction_clicked',
    table: ['none', ''],
    graphs: '',
    step: 'day',
  },
  '40013': { total: 'count_reaction_clicked', table: ['reaction', 'count_reaction_clicked'], step: 'day' },
  '60001': { total: PLAY_TIMES, table: ['time', PLAY_TIMES], graphs: PLAY_TIMES, step: 'day' },
  '60002': { total: UNIQUE_VIEWERS, table: ['time', UNIQUE_VIEWERS], graphs: UNIQUE_VIEWERS, step: 'day' },
  '60003': {
    table: [
      'time',
      'combined_live_engaged_users_play_time_ratio,download_attachment_unique_users,count_download_attachment_clicked,unique_combined_live_viewers,reaction_clicked_unique_users,count_reaction_clicked',
    ],
    step: 'day',
  },
  '60004': {
    total:
      'combined_live_view_period_count,combined_live_engaged_users_ratio,reaction_clap_clicked,reaction_heart_clicked,reaction_think_clicked,reaction_wow_clicked,reaction_smile_clicked',
    graphs: '',
    step: 'day',
  },
  '60010': {
    total:
      'live_view_time,count_reaction_clicked,count_raise_hand_clicked,combined_live_engaged_users_play_time_ratio,count_group_chat_messages_sent,count_poll_answered,count_q_and_a_threads,count_download_attachment_clicked',
    step: 'day',
  },
  '60011': { table: ['position', 'count_viewers'], step: 'day' },
  '60018': { graphs: '', step: 'day' },
};

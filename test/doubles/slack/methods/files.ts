import { isObject, stringAt } from '../../json.js';
import { ApiError, invalidArguments } from '../errors.js';
import { readContent, storeMessage } from '../messages.js';
import type { Method } from './method.js';

const getUploadUrl: Method = ({ platform, workspace, args }) => {
  const size = Number(args.length);
  if (!(size > 0)) throw invalidArguments('[ERROR] must be greater than 0 [json-pointer:/length]');
  const id = platform.ids.next('F');
  const name = stringAt(args, 'filename') ?? '';
  workspace.files.set(id, { id, name, title: name, size, completed: false, readyAt: 0 });
  return { file_id: id, upload_url: `${platform.url}/upload/${workspace.teamId}/${id}` };
};

/** What a message says that shares a file without a word. */
const nothing = { text: '', blocks: undefined, attachments: undefined, metadata: undefined };

const completeUpload: Method = ({ platform, workspace, args, method }) => {
  const wanted = Array.isArray(args.files) ? args.files.filter(isObject) : [];
  const files = wanted.map((entry) => {
    const file = workspace.files.get(stringAt(entry, 'id') ?? '');
    if (file === undefined || file.bytes === undefined || file.completed) throw new ApiError('file_not_found');
    file.title = stringAt(entry, 'title') ?? file.title;
    return file;
  });
  if (files.length === 0) throw invalidArguments('[ERROR] no fewer than 1 items allowed [json-pointer:/files]');
  const channelId = stringAt(args, 'channel_id');
  if (channelId !== undefined) {
    const channel = workspace.channels.get(channelId);
    if (channel === undefined || !channel.members.has(workspace.botUserId)) throw new ApiError('channel_not_found');
    const comment = stringAt(args, 'initial_comment');
    const content = comment === undefined ? nothing : readContent(platform, workspace, { text: comment }, method);
    storeMessage(platform, workspace, channel, content, {
      user: workspace.botUserId,
      via: 'api',
      threadTs: stringAt(args, 'thread_ts'),
      files: files.map(({ id }) => id),
    });
  }
  for (const file of files) Object.assign(file, { completed: true, readyAt: platform.clock.now() + platform.fileWork });
  return { files: files.map((file) => ({ id: file.id, title: file.title })) };
};

/** files.*: the external upload in its three steps. */
export const fileMethods: Record<string, Method> = {
  'files.getUploadURLExternal': getUploadUrl,
  'files.completeUploadExternal': completeUpload,
};

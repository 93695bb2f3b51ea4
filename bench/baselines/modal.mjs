// The baseline of create: bolt, acknowledging by hand and opening a modal of ten inputs that never changes.
import { startBolt } from './bolt.mjs';

const plain = (text) => ({ type: 'plain_text', text });

const elements = [
  { type: 'plain_text_input' },
  { type: 'plain_text_input', multiline: true },
  { type: 'datetimepicker' },
  { type: 'datetimepicker' },
  { type: 'number_input', is_decimal_allowed: false, min_value: '1', max_value: '1440' },
  { type: 'external_select', placeholder: plain('Your own'), min_query_length: 1 },
  { type: 'checkboxes', options: [{ text: plain('On'), value: 'on' }] },
  {
    type: 'static_select',
    placeholder: plain('Choose one'),
    options: ['per-session', 'append', 'off'].map((value) => ({ text: plain(value), value })),
  },
  { type: 'checkboxes', options: [{ text: plain('On'), value: 'on' }] },
  { type: 'plain_text_input' },
];

const view = {
  type: 'modal',
  callback_id: 'create',
  title: plain('Plan a webcast'),
  submit: plain('Create'),
  close: plain('Cancel'),
  blocks: elements.map((element, index) => ({
    type: 'input',
    block_id: `field${index}`,
    label: plain(`Field ${index}`),
    hint: plain('What is to be written here.'),
    optional: true,
    element: { ...element, action_id: `input${index}` },
  })),
};

await startBolt((app) => {
  app.command('/webcast', async ({ ack, client, body }) => {
    await ack();
    await client.views.open({ trigger_id: body.trigger_id, view });
  });
});

// What JavaScript's calendar readers see of some files: JSON of rows, by reader and file.
// node node_view.mjs FROM TO FOLDER READER… < JSON list of paths   (the viewer's zone is TZ)
import fs from 'node:fs';
import {createRequire} from 'node:module';
import {pathToFileURL} from 'node:url';

const [from, to, folder, ...readers] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${folder}/package.json`));
const low = new Date(`${from}T00:00:00Z`), high = new Date(`${to}T00:00:00Z`);
const two = n => String(n).padStart(2, '0');
const day = d => `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())}`;
const instant = d => `${d.toISOString().slice(0, 19)}Z`;
const text = v => (v && typeof v === 'object' ? v.val : v) ?? '';

const READERS = {
  async 'ical.js'(data) {
    const module = await import(pathToFileURL(require.resolve('ical.js')));
    const ICAL = module.default;
    const told = t => t.isDate ? `${t.year}-${two(t.month)}-${two(t.day)}` : instant(t.toJSDate());
    ICAL.TimezoneService.reset();
    const whole = new ICAL.Component(ICAL.parse(data));
    for (const zone of whole.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
    const rows = [];
    for (const component of whole.getAllSubcomponents('vevent')) {
      const event = new ICAL.Event(component);
      const status = component.getFirstPropertyValue('status');
      const put = start => rows.push([event.uid, told(start), event.summary, status ?? '']);
      if (!event.isRecurring()) { put(event.startDate); continue; }
      const times = event.iterator();
      for (let next = times.next(); next && next.toJSDate() < high; next = times.next()) put(next);
    }
    return rows;
  },
  async 'node-ical'(data) {
    const module = await import(pathToFileURL(require.resolve('node-ical')));
    const ical = module.default;
    const rows = [];
    for (const event of Object.values(ical.sync.parseICS(data))) {
      if (event.type !== 'VEVENT') continue;
      for (const one of ical.expandRecurringEvent(event, {from: low, to: high, expandOngoing: true})) {
        const start = one.isFullDay ? day(one.start) : instant(one.start);
        rows.push([one.event.uid, start, text(one.summary), one.event.status ?? '']);
      }
    }
    return rows;
  },
};

const paths = JSON.parse(fs.readFileSync(0, 'utf8'));
const found = {};
for (const reader of readers) {
  found[reader] = {};
  for (const path of paths) found[reader][path] = await READERS[reader](fs.readFileSync(path, 'utf8'));
}
process.stdout.write(JSON.stringify(found));

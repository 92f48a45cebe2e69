import { $, call, complaint, copy, drop, duration, listen, number, say, show, text, wire, words } from './page.js';

const form = $('compose');
const status = $('send-status');
const MOST_IN_A_CALL = 600;
const MOST_IN_A_BULK_SEND = 50_000;

let recipients = null; // of the CSV that was picked
let uploading = null;

const value = (name) => active().querySelector(`[name="${name}"]`)?.value.trim() || undefined;
const envelope = (name) => form.elements[name];
const active = () => form.querySelector('fieldset.fields:not([disabled])');
const type = () => form.elements.type.value;

class Unfit extends Error {}

function whole(name) {
	const given = value(name);
	if (given === undefined) {
		return undefined;
	}
	if (!/^\d{1,15}$/.test(given)) {
		const input = active().querySelector(`[name="${name}"]`);
		throw new Unfit(text('send.number', input.closest('label').querySelector('span').textContent));
	}
	return Number(given);
}

function pairs(lines) {
	const entries = (lines ?? '').split('\n').filter((line) => line.trim()).map((line) => {
		const at = line.indexOf('=');
		return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
	});
	return entries.length ? Object.fromEntries(entries) : undefined;
}

function size() {
	const width = whole('width');
	const height = whole('height');
	return width === undefined && height === undefined ? undefined : { width, height };
}

const attachment = () => ({ url: value('url'), secret: value('secret'), filename: value('filename') });

const bodies = {
	txt: () => ({ msg: active().querySelector('[name=msg]').value }),
	img: () => ({ ...attachment(), size: size() }),
	audio: () => ({ ...attachment(), length: whole('length') }),
	video: () => ({ ...attachment(), thumb: value('thumb'), thumb_secret: value('thumb_secret'), length: whole('length'), file_length: whole('file_length') }),
	file: attachment,
	loc: () => ({ lat: value('lat') ?? '', lng: value('lng') ?? '', addr: value('addr') ?? '' }),
	cmd: () => ({ action: value('action') ?? '' }),
	custom: () => ({ customEvent: value('customEvent'), customExts: pairs(active().querySelector('[name=customExts]').value) }),
};

function extension() {
	const given = envelope('ext').value.trim();
	if (!given) {
		return undefined;
	}
	try {
		const ext = JSON.parse(given);
		if (ext && typeof ext === 'object' && !Array.isArray(ext)) {
			return ext;
		}
	}
	catch { /* told below */ }
	throw new Unfit(text('send.json'));
}

function message() {
	const roam = words(envelope('roam').value);
	return {
		from: envelope('from').value.trim() || undefined,
		type: type(),
		body: bodies[type()](),
		ext: extension(),
		sync_device: envelope('sync_device').checked || undefined,
		roam_ignore_users: roam.length ? roam : undefined,
		routetype: envelope('onlineOnly').checked ? 'ROUTE_ONLINE' : undefined,
	};
}

function choose() {
	for (const fields of form.querySelectorAll('fieldset.fields')) {
		fields.hidden = fields.disabled = fields.dataset.type !== type();
	}
}

form.addEventListener('change', (event) => event.target.name === 'type' && choose());
addEventListener('pageshow', choose);
choose();

// Files

async function upload(fields, file) {
	const output = fields.querySelector('.picked');
	output.textContent = text('send.uploading', file.name);
	const data = new FormData();
	data.append('file', file);
	const outcome = await call('POST', '/api/files', data, { trace: true });
	if (!outcome.ok) {
		output.textContent = complaint(outcome.problem);
		return;
	}
	const set = (name, found) => { const input = fields.querySelector(`[name="${name}"]`); if (input) { input.value = found ?? ''; } };
	set('url', outcome.answer.url);
	set('secret', outcome.answer.secret);
	set('filename', outcome.answer.filename);
	set('file_length', fields.dataset.type === 'video' ? String(file.size) : '');
	output.textContent = text('send.uploaded', file.name, `${number(Math.ceil(file.size / 1024))} KB`);
	wire(outcome.trace);
	$('nothing-yet').hidden = true;
}

async function measure(fields, file) {
	if (fields.dataset.type !== 'img') {
		return;
	}
	try {
		const picture = await createImageBitmap(file);
		fields.querySelector('[name=width]').value = picture.width;
		fields.querySelector('[name=height]').value = picture.height;
		picture.close();
	}
	catch { /* not every picture can be measured; its size is optional */ }
}

for (const fields of form.querySelectorAll('fieldset.fields:has(.drop)')) {
	drop(fields.querySelector('.drop'), (file) => { uploading = Promise.all([upload(fields, file), measure(fields, file)]); });
}

// Recipients

function column(csv) {
	const cells = [];
	for (const line of csv.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/)) {
		const quoted = /^\s*"((?:[^"]|"")*)"/.exec(line);
		const cell = (quoted ? quoted[1].replaceAll('""', '"') : line.split(/[,;\t]/)[0]).trim();
		if (cell) {
			cells.push(cell);
		}
	}
	return /^(user|username|user_?id|recipient|id|用户(名|id)?|接收方)$/i.test(cells[0] ?? '') ? cells.slice(1) : cells;
}

function announce() {
	const count = recipients?.length ?? 0;
	$('send-button').textContent = count ? text('send.bulk', count) : text('send.button');
	envelope('to').disabled = count > 0;
	$('csv-clear').hidden = count === 0;
}

drop($('csv-drop'), async (file) => {
	const found = column(await file.text());
	recipients = [...new Set(found)];
	const parts = [text('send.picked', file.name, recipients.length)];
	if (found.length > recipients.length) {
		parts.push(text('send.repeated', found.length - recipients.length));
	}
	$('csv-picked').textContent = parts.join(', ');
	if (recipients.length > MOST_IN_A_BULK_SEND) {
		$('csv-picked').textContent = text('send.toomany');
		recipients = null;
	}
	announce();
});
$('csv-clear').addEventListener('click', () => {
	recipients = null;
	form.elements.csv.value = $('csv-picked').textContent = '';
	announce();
	form.elements.csv.focus();
});

// Sending

async function java(sent, { status: answered }) {
	const code = answered === 400 ? { ok: false } : await call('POST', '/api/messages/java', sent);
	$('java').textContent = code.ok ? code.answer : '';
	$('java-details').hidden = $('copy-java').hidden = !code.ok;
}

function rows(ids) {
	return Object.entries(ids).slice(0, MOST_IN_A_CALL).map(([user, id]) => {
		const row = document.createElement('tr');
		row.insertCell().textContent = user;
		row.insertCell().textContent = id;
		row.cells[1].className = 'num mono';
		return row;
	});
}

async function sendOne(sent) {
	say(status, text('send.sending'));
	const begun = performance.now();
	const outcome = await call('POST', '/api/messages', sent, { trace: true });
	$('nothing-yet').hidden = $('bulk').hidden = true;
	$('outcome').hidden = false;
	$('outcome-scroll').hidden = !outcome.ok;
	show(outcome.problem, $('outcome-problem'));
	if (outcome.ok) {
		$('outcome-rows').replaceChildren(...rows(outcome.answer));
		say(status, text('send.sent', Object.keys(outcome.answer).length, Math.round(performance.now() - begun)), 'ok');
	}
	else {
		say(status, text(outcome.problem.mayHaveBeenProcessed ? 'send.perhaps' : 'send.failed'), 'bad');
	}
	await Promise.all([wire(outcome.trace), java(sent, outcome)]);
}

function progress(bulk, close) {
	$('bulk').hidden = false;
	$('bulk-progress').max = bulk.total;
	$('bulk-progress').value = bulk.total - bulk.waiting;
	$('bulk-state').textContent = text(`bulk.${bulk.state.toLowerCase()}`);
	$('bulk-remaining').textContent = bulk.remainingSeconds !== undefined
		? `${text('bulk.of', bulk.total - bulk.waiting, bulk.total)} · ${text('bulk.remaining', duration(bulk.remainingSeconds))}`
		: text('bulk.of', bulk.total - bulk.waiting, bulk.total);
	$('bulk-sent').textContent = number(bulk.sent);
	$('bulk-failed').textContent = number(bulk.notSent);
	$('bulk-unknown').textContent = number(bulk.unknown);
	$('bulk-waiting').textContent = number(bulk.waiting);
	$('bulk-problem').hidden = !bulk.problem;
	$('bulk-problem').textContent = bulk.problem ?? '';
	$('bulk-cancel').hidden = bulk.state !== 'RUNNING';
	if (bulk.state !== 'RUNNING') {
		close();
		say(status, '');
	}
}

let following;

function follow(bulk) {
	following?.();
	$('nothing-yet').hidden = true;
	$('bulk').dataset.id = bulk.id;
	$('bulk-outcomes').href = `/api/bulk-sends/${bulk.id}/outcomes`;
	following = listen(`/api/bulk-sends/${bulk.id}/progress`, { message: progress });
}

async function sendToMany(sent, users) {
	const outcome = await call('POST', '/api/bulk-sends', { message: sent, recipients: users });
	$('nothing-yet').hidden = true;
	$('outcome').hidden = outcome.ok;
	$('outcome-scroll').hidden = true;
	$('wire').hidden = true;
	show(outcome.problem, $('outcome-problem'));
	if (outcome.ok) {
		say(status, '');
		follow(outcome.answer);
	}
	else {
		$('java-details').hidden = $('copy-java').hidden = true;
		say(status, text('send.failed'), 'bad');
	}
}

form.addEventListener('submit', async (event) => {
	event.preventDefault();
	if ($('send-button').getAttribute('aria-disabled') === 'true') {
		return;
	}
	$('send-button').setAttribute('aria-disabled', 'true');
	try {
		await uploading;
		const to = recipients ?? words(envelope('to').value);
		if (!to.length) {
			envelope('to').focus();
			throw new Unfit(text('send.nobody'));
		}
		await (recipients || to.length > MOST_IN_A_CALL ? sendToMany(message(), [...new Set(to)]) : sendOne({ ...message(), to }));
	}
	catch (problem) {
		if (!(problem instanceof Unfit)) {
			throw problem;
		}
		say(status, problem.message, 'bad');
	}
	finally {
		$('send-button').removeAttribute('aria-disabled');
	}
});

$('bulk-cancel').addEventListener('click', () => call('DELETE', `/api/bulk-sends/${$('bulk').dataset.id}`));
$('copy-java').addEventListener('click', (event) => copy($('java').textContent, event.currentTarget));

const sends = await call('GET', '/api/bulk-sends');
const running = sends.ok && sends.answer.findLast((send) => send.state === 'RUNNING');
if (running) {
	follow(running);
}

import { $, call, clone, complaint, listen, number, say, segment, text, time, wire, words } from './page.js';

const PAGE = 50;
const locale = document.documentElement.lang;

let cursor;
let loading = false;
let complete = false;
let search = null; // the reader of the search that is under way
let current = null;

// The list

function entry(room) {
	const item = clone('room-row');
	const button = item.querySelector('button');
	button.dataset.id = room.id;
	item.querySelector('.name').textContent = room.name;
	item.querySelector('.count').textContent = room.affiliations_count === undefined ? '' : number(room.affiliations_count);
	item.querySelector('.sub').textContent = `${room.owner ? text('room.of', room.owner) : ''} · ${room.id}`;
	button.setAttribute('aria-current', String(room.id === current?.id));
	button.addEventListener('click', () => open(room.id, true));
	return item;
}

const shown = () => $('rooms').childElementCount;

async function more() {
	if (loading || complete || search) {
		return;
	}
	loading = true;
	say($('rooms-status'), text('rooms.loading'));
	const outcome = await call('GET', `/api/rooms?limit=${PAGE}${cursor ? `&cursor=${segment(cursor)}` : ''}`);
	loading = false;
	if (search) {
		return;
	}
	if (!outcome.ok) {
		complete = true;
		say($('rooms-status'), complaint(outcome.problem), 'bad');
		return;
	}
	$('rooms').append(...outcome.answer.rooms.map(entry));
	cursor = outcome.answer.cursor;
	complete = !cursor;
	say($('rooms-status'), shown() ? text(complete ? 'rooms.all' : 'rooms.count', shown()) : text('rooms.none'));
	if (endInView()) {
		more();
	}
}

const endInView = () => $('rooms-end').getBoundingClientRect().top < $('rooms-scroll').getBoundingClientRect().bottom + 200;

function reload() {
	search = null;
	cursor = undefined;
	complete = false;
	$('rooms').replaceChildren();
	more();
}

new IntersectionObserver((entries) => entries.some((seen) => seen.isIntersecting) && more(), { root: $('rooms-scroll'), rootMargin: '200px' }).observe($('rooms-end'));

// Rooms appear as the application finds them, a line each.
async function find(wanted) {
	const mine = search = new AbortController();
	$('rooms').replaceChildren();
	say($('rooms-status'), text('rooms.loading'));
	try {
		const response = await fetch(`/api/rooms?search=${segment(wanted)}`, { headers: { Accept: 'application/x-ndjson' }, signal: mine.signal });
		if (!response.ok) {
			throw new Error(complaint(await response.json()));
		}
		let rest = '';
		for (let reader = response.body.pipeThrough(new TextDecoderStream()).getReader(), part = await reader.read(); !part.done; part = await reader.read()) {
			const lines = (rest + part.value).split('\n');
			rest = lines.pop();
			$('rooms').append(...lines.filter((line) => line).map((line) => entry(JSON.parse(line))));
		}
		say($('rooms-status'), shown() ? text('rooms.found', shown()) : text('rooms.none'));
	}
	catch (problem) {
		if (!mine.signal.aborted) {
			say($('rooms-status'), problem.message, 'bad');
		}
	}
}

let pause;
$('search').addEventListener('input', (event) => {
	clearTimeout(pause);
	search?.abort();
	const wanted = event.target.value.trim();
	pause = setTimeout(() => wanted ? find(wanted) : reload(), 250);
});
$('search').addEventListener('submit', (event) => event.preventDefault());

// One room

const path = (rest = '') => `/api/rooms/${segment(current.id)}${rest}`;

// Changes the service, tells how that went, and shows what went over the wire.
async function change(method, where, body, status, done) {
	const outcome = await call(method, where, body, { trace: true });
	say(status, outcome.ok ? done(outcome.answer) : complaint(outcome.problem), outcome.ok ? 'ok' : 'bad');
	wire(outcome.trace);
	return outcome;
}

async function open(id, focus) {
	const outcome = await call('GET', `/api/rooms/${segment(id)}`);
	if (!outcome.ok) {
		say($('rooms-status'), complaint(outcome.problem), 'bad');
		return;
	}
	const changed = current?.id !== id;
	render(outcome.answer);
	if (changed) {
		history.replaceState(null, '', `#${segment(id)}`);
		$('wire').hidden = true;
		for (const status of $('detail').querySelectorAll('.status')) {
			say(status, '');
		}
		resetPairs();
	}
	if (focus) {
		$('room-name').focus({ preventScroll: matchMedia('(min-width: 900px)').matches });
	}
	if (changed) {
		follow();
	}
	await Promise.all([announcement(), attributes(), members()]);
}

function render(room) {
	current = room;
	$('detail').hidden = false;
	$('no-room').hidden = true;
	$('room-name').textContent = room.name;
	$('room-id').textContent = room.id;
	$('room-facts').textContent = [room.custom, room.created && new Date(room.created).toLocaleString(locale)].filter(Boolean).map((fact) => ` · ${fact}`).join('');
	const edit = $('edit').elements;
	edit.namedItem('name').value = room.name;
	edit.namedItem('description').value = room.description;
	edit.namedItem('maxusers').value = room.maxusers ?? '';
	$('member-count').textContent = `${number(room.affiliations_count ?? room.members.length + 1)} / ${number(room.maxusers ?? 0)}`;
	$('set-attributes').elements.user.value ||= room.owner ?? '';
	$('speak').elements.user.value ||= room.owner ?? '';
	for (const button of $('rooms').querySelectorAll('button')) {
		button.setAttribute('aria-current', String(button.dataset.id === room.id));
	}
}

$('edit').addEventListener('submit', async (event) => {
	event.preventDefault();
	const given = event.target.elements;
	const changes = {};
	for (const name of ['name', 'description']) {
		if (given.namedItem(name).value !== current[name]) {
			changes[name] = given.namedItem(name).value;
		}
	}
	if (given.maxusers.value !== String(current.maxusers ?? '')) {
		changes.maxusers = Number(given.maxusers.value);
	}
	const outcome = await change('PATCH', path(), changes, event.target.querySelector('.status'), () => text('room.saved'));
	if (outcome.ok) {
		const name = $('rooms').querySelector(`[data-id="${CSS.escape(current.id)}"] .name`);
		if (name && changes.name) {
			name.textContent = changes.name;
		}
		await open(current.id);
	}
});

async function announcement() {
	const outcome = await call('GET', path('/announcement'));
	if (outcome.ok) {
		$('announcement').value = outcome.answer.announcement;
	}
}

$('announce').addEventListener('submit', (event) => {
	event.preventDefault();
	change('PUT', path('/announcement'), { announcement: $('announcement').value }, event.target.querySelector('.status'), () => text('room.saved'));
});

$('transfer').addEventListener('submit', async (event) => {
	event.preventDefault();
	const owner = event.target.elements.newowner.value.trim();
	const outcome = await change('PUT', path('/owner'), { newowner: owner }, $('member-status'), () => text('room.transferred', owner));
	if (outcome.ok) {
		event.target.reset();
		await open(current.id);
	}
});

$('delete-room').addEventListener('click', () => {
	$('confirm-text').textContent = text('room.confirm', current.name);
	$('confirm').returnValue = 'no';
	$('confirm').showModal();
});
$('confirm').addEventListener('close', async () => {
	if ($('confirm').returnValue !== 'yes') {
		return;
	}
	const outcome = await change('DELETE', path(), undefined, $('room-status'), () => text('room.deleted'));
	if (outcome.ok) {
		$('rooms').querySelector(`[data-id="${CSS.escape(current.id)}"]`)?.closest('li').remove();
		following?.();
		$('detail').hidden = true;
		$('no-room').hidden = false;
		current = null;
		history.replaceState(null, '', location.pathname);
		say($('rooms-status'), text('room.deleted'), 'ok');
	}
});

// Members

async function members() {
	const outcome = await call('GET', path('/members'));
	if (!outcome.ok) {
		say($('member-status'), complaint(outcome.problem), 'bad');
		return;
	}
	$('members').replaceChildren(...outcome.answer.map(member));
}

function member({ user, role, muted, mutedUntil }) {
	const row = clone('member-row');
	const find = (name) => row.querySelector(name);
	const owner = role === 'owner';
	find('.name').textContent = user;
	find('.role').textContent = text('room.owner');
	find('.role').hidden = !owner;
	find('.muted-tag').hidden = !muted;
	find('.muted-tag').title = mutedUntil ? text('room.muted.until', new Date(mutedUntil).toLocaleString(locale)) : '';
	find('.member-actions').hidden = owner;
	find('.mute').hidden = muted;
	find('.unmute').hidden = !muted;
	const act = (name, method, rest, body, done) => {
		const button = find(name);
		button.setAttribute('aria-label', `${button.textContent}: ${user}`);
		button.addEventListener('click', async () => {
			await change(method, path(`/members/${segment(user)}${rest}`), body, $('member-status'), () => text(done, user));
			await (name === '.remove' ? open(current.id) : members());
			$('members').focus();
		});
	};
	act('.mute', 'PUT', '/mute', {}, 'room.member.muted');
	act('.unmute', 'DELETE', '/mute', undefined, 'room.member.unmuted');
	act('.remove', 'DELETE', '', undefined, 'room.member.removed');
	return row;
}

$('join').addEventListener('submit', async (event) => {
	event.preventDefault();
	const user = event.target.elements.user.value.trim();
	const outcome = await change('POST', path('/members'), { user }, $('member-status'), () => text('room.member.joined', user));
	if (outcome.ok) {
		event.target.reset();
		await open(current.id);
	}
});

// Talk

const TALK = 50;
let following;

function follow() {
	following?.();
	$('talk').replaceChildren();
	following = listen(path('/talk'), { message: heard }, (connected) => connected && $('talk').replaceChildren());
}

function heard(line) {
	const row = clone('talk-row');
	row.querySelector('time').textContent = time(line.at);
	row.querySelector('.name').textContent = line.user;
	row.querySelector('.said').textContent = line.text;
	$('talk').append(row);
	if ($('talk').childElementCount > TALK) {
		$('talk').firstElementChild.remove();
	}
	$('talk').scrollTop = $('talk').scrollHeight;
}

$('speak').addEventListener('submit', async (event) => {
	event.preventDefault();
	const { user, text: said } = event.target.elements;
	const outcome = await change('POST', path('/talk'), { user: user.value.trim(), text: said.value }, $('talk-status'), () => '');
	if (outcome.ok) {
		said.value = '';
	}
	said.focus();
});

// Attributes

async function attributes() {
	const [values, owners] = await Promise.all([call('GET', path('/attributes')), call('GET', path('/attributes/owners'))]);
	if (!values.ok) {
		say($('set-attributes').querySelector('.status'), complaint(values.problem), 'bad');
		return;
	}
	const entries = Object.entries(values.answer).sort(([a], [b]) => a.localeCompare(b));
	$('no-attributes').hidden = entries.length > 0;
	$('attributes').closest('.scroll').hidden = entries.length === 0;
	$('attributes').replaceChildren(...entries.map(([key, value]) => {
		const row = clone('attribute-row');
		const owner = owners.answer?.[key];
		row.querySelector('th').textContent = key;
		row.querySelector('.value').textContent = value;
		row.querySelector('.owner').textContent = owner ?? '–';
		row.querySelector('button').setAttribute('aria-label', `${row.querySelector('button').textContent}: ${key}`);
		row.querySelector('button').addEventListener('click', () => remove(key, owner));
		return row;
	}));
}

const query = (user) => `user=${segment(user)}&forced=${$('set-attributes').elements.forced.checked}`;

async function remove(key, owner) {
	const form = $('set-attributes');
	const user = form.elements.user.value.trim() || owner || '';
	await change('DELETE', path(`/attributes?${query(user)}&key=${segment(key)}`), undefined, form.querySelector('.status'),
		(answer) => answer.errorKeys[key] ? `${key}: ${answer.errorKeys[key]}` : text('room.attributes.deleted', key));
	await attributes();
}

function addPair() {
	const pair = $('pairs').appendChild(clone('pair-row'));
	pair.addEventListener('input', () => say(pair.querySelector('.pair-result'), ''));
	return pair;
}

function resetPairs() {
	$('pairs').replaceChildren();
	addPair();
}

$('add-pair').addEventListener('click', () => addPair().querySelector('input').focus());

$('set-attributes').addEventListener('submit', async (event) => {
	event.preventDefault();
	const form = event.target;
	const pairs = [...$('pairs').children].map((element) => ({ element, key: element.querySelector('[name=key]').value.trim(), value: element.querySelector('[name=value]').value }));
	const metaData = Object.fromEntries(pairs.filter(({ key }) => key).map(({ key, value }) => [key, value]));
	const outcome = await change('PATCH', path(`/attributes?${query(form.elements.user.value.trim())}`),
		{ metaData, autoDelete: form.elements.keep.checked ? 'NO_DELETE' : 'DELETE' }, form.querySelector('.status'),
		(answer) => text('room.attributes.set', answer.successKeys.length, Object.keys(answer.errorKeys).length));
	if (outcome.ok) {
		const { errorKeys, successKeys } = outcome.answer;
		form.querySelector('.status').dataset.kind = Object.keys(errorKeys).length ? 'bad' : 'ok';
		for (const { element, key } of pairs) {
			const failed = Object.hasOwn(errorKeys, key);
			say(element.querySelector('.pair-result'), failed ? errorKeys[key] : successKeys.includes(key) ? text('room.attributes.ok') : '', failed ? 'bad' : 'ok');
		}
		await attributes();
	}
});

// A new room

$('new-room').addEventListener('click', () => $('create').showModal());
for (const button of document.querySelectorAll('[data-close]')) {
	button.addEventListener('click', () => button.closest('dialog').close());
}
$('create').querySelector('form').addEventListener('submit', async (event) => {
	event.preventDefault();
	const form = event.target;
	const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
	const outcome = await call('POST', '/api/rooms', {
		name: given.name, description: given.description, owner: given.owner, custom: given.custom || undefined,
		maxusers: given.maxusers ? Number(given.maxusers) : undefined,
		members: given.members ? words(given.members) : undefined,
	}, { trace: true });
	if (!outcome.ok) {
		say(form.querySelector('.status'), complaint(outcome.problem), 'bad');
		return;
	}
	$('create').close();
	form.reset();
	say(form.querySelector('.status'), '');
	reload();
	await open(outcome.answer.id, true);
	say($('room-status'), text('room.created', given.name), 'ok');
	wire(outcome.trace);
});

resetPairs();
more();
// The address names the room, also when somebody changes it.
const openNamed = () => location.hash.length > 1 && open(decodeURIComponent(location.hash.slice(1)));
addEventListener('hashchange', openNamed);
openNamed();

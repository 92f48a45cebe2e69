// What all pages share. Whatever comes from outside becomes text, never markup.

const texts = new Map([...document.querySelectorAll('#texts [data-key]')].map((text) => [text.dataset.key, text.textContent]));
const locale = document.documentElement.lang || 'en';
const numbers = new Intl.NumberFormat(locale);

export const $ = (id) => document.getElementById(id);

export function text(key, ...values) {
	return (texts.get(key) ?? key).replace(/\{(\d)\}/g, (_, index) => typeof values[index] === 'number' ? numbers.format(values[index]) : values[index]);
}

export const number = (value) => numbers.format(value);

export function duration(seconds) {
	if (seconds < 60) {
		return text('unit.s', Math.round(seconds));
	}
	const minutes = Math.floor(seconds / 60);
	return minutes < 60 ? `${text('unit.m', minutes)} ${text('unit.s', Math.round(seconds % 60))}`
		: `${text('unit.h', Math.floor(minutes / 60))} ${text('unit.m', minutes % 60)}`;
}

export const time = (instant) => new Date(instant).toLocaleTimeString(locale, { hour12: false });

export function clone(template) {
	return $(template).content.firstElementChild.cloneNode(true);
}

export const words = (value) => value.split(/[\s,;，；、]+/).filter((word) => word);

// What a call brought: its answer, or what is wrong with it, and where its trace is.
export async function call(method, path, body, { trace = false } = {}) {
	const headers = { Accept: 'application/json, text/plain' };
	if (trace) {
		headers['Wire-Trace'] = '1';
	}
	if (body !== undefined && !(body instanceof FormData)) {
		headers['Content-Type'] = 'application/json';
		body = JSON.stringify(body);
	}
	let response;
	let answer;
	try {
		response = await fetch(path, { method, headers, body });
		const type = response.headers.get('Content-Type') ?? '';
		answer = type.includes('json') ? await response.json() : await response.text();
	}
	catch {
		return { ok: false, problem: { detail: text('send.unreachable') } };
	}
	const outcome = { ok: response.ok, status: response.status, trace: response.headers.get('Wire-Trace') };
	return response.ok ? { ...outcome, answer } : { ...outcome, problem: typeof answer === 'object' ? answer : { detail: `${response.status}` } };
}

export const segment = encodeURIComponent;

export function show(problem, element) {
	element.hidden = !problem;
	if (problem) {
		element.querySelector('.detail').textContent = problem.detail ?? problem.title ?? '';
		element.querySelector('.hint').textContent = problem.hint ?? '';
	}
}

export function say(element, words, kind = '') {
	element.textContent = words;
	element.dataset.kind = kind;
}

export const complaint = (problem) => `${problem.detail ?? problem.title ?? ''} ${problem.hint ?? ''}`.trim();

// A stream of events that rests while nobody looks: a browser has few connections for one host.
export function listen(path, handlers, connected = () => {}) {
	let source;
	const open = () => {
		source = new EventSource(path);
		source.addEventListener('open', () => connected(true));
		source.addEventListener('error', () => connected(false));
		for (const [kind, handler] of Object.entries(handlers)) {
			source.addEventListener(kind, (event) => handler(JSON.parse(event.data), close));
		}
	};
	const look = () => {
		if (document.hidden) {
			source.close();
		}
		else if (source.readyState === EventSource.CLOSED) {
			open();
		}
	};
	const close = () => {
		document.removeEventListener('visibilitychange', look);
		source.close();
	};
	document.addEventListener('visibilitychange', look);
	addEventListener('pagehide', () => source.close());
	addEventListener('pageshow', (event) => event.persisted && look());
	open();
	return close;
}

export async function copy(words, button) {
	await navigator.clipboard.writeText(words);
	const before = button.dataset.label ??= button.textContent;
	button.textContent = text('copied');
	setTimeout(() => { button.textContent = before; }, 1500);
}

export function drop(label, picked) {
	const input = label.querySelector('input[type=file]');
	label.addEventListener('dragover', (event) => {
		event.preventDefault();
		label.classList.add('over');
	});
	label.addEventListener('dragleave', () => label.classList.remove('over'));
	label.addEventListener('drop', (event) => {
		event.preventDefault();
		label.classList.remove('over');
		if (event.dataTransfer.files.length) {
			picked(event.dataTransfer.files[0]);
		}
	});
	input.addEventListener('change', () => input.files.length && picked(input.files[0]));
}

// Lines JSON up without reading its numbers, of which some are too large for JavaScript.
function indented(json) {
	let depth = 0;
	const line = () => `\n${'  '.repeat(depth)}`;
	return json.replace(/"(?:\\.|[^"\\])*"|[{}\[\],:]|\s+|[^\s{}\[\],:"]+/g, (token, at) => {
		switch (token) {
			case '{': case '[':
				depth++;
				return /^\s*[}\]]/.test(json.slice(at + 1)) ? token : token + line();
			case '}': case ']':
				depth--;
				return /[{\[]\s*$/.test(json.slice(0, at)) ? token : line() + token;
			case ',': return token + line();
			case ':': return ': ';
			default: return /^\s/.test(token) ? '' : token;
		}
	});
}

function list(headers, element) {
	for (const [name, value] of Object.entries(headers)) {
		const row = document.createElement('div');
		const term = row.appendChild(document.createElement('dt'));
		const description = row.appendChild(document.createElement('dd'));
		term.textContent = name;
		description.textContent = value;
		element.append(row);
	}
}

function pre(element, body) {
	element.hidden = !body;
	element.textContent = body && /^[{\[]/.test(body) && body.length < 20_000 ? indented(body) : body ?? '';
}

let curl = '';

function exchange(seen) {
	const article = clone('wire-exchange');
	const find = (name) => article.querySelector(name);
	find('.method').textContent = seen.method;
	find('.path').textContent = seen.url.replace(/^https?:\/\/[^/]+/, '');
	list(seen.headers, find('.request-headers'));
	pre(find('.request-body'), seen.body);
	find('.status').textContent = seen.status ?? text('wire.failed', seen.failure);
	find('.status').dataset.kind = seen.status < 400 ? 'ok' : 'bad';
	find('.time').textContent = text('unit.ms', seen.millis);
	list(seen.answerHeaders, find('.answer-headers'));
	pre(find('.answer-body'), seen.answer);
	return article;
}

export async function wire(trace) {
	const seen = trace ? await call('GET', trace) : { ok: false };
	$('wire').hidden = !seen.ok || seen.answer.length === 0;
	if (!$('wire').hidden) {
		curl = seen.answer.at(-1).curl;
		$('wire-exchanges').replaceChildren(...seen.answer.map(exchange));
	}
}

document.querySelector('[data-copy=curl]')?.addEventListener('click', (event) => copy(curl, event.currentTarget));

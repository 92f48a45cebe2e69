import uPlot from '/webjars/uplot/1.6.30/dist/uPlot.esm.js';
import { $, call, clone, complaint, duration, listen, number, say, text, time } from './page.js';

const MINUTE = 60;
const SHOWN = 300;
const samples = [];
const rows = new Map();
// The quotas that are shown: once in use, one stays, so that nothing jumps.
const seen = new Set(['send-message-calls', 'send-message-messages']);
let all = false;

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const dark = matchMedia('(prefers-color-scheme: dark)');

// Plots

const series = (label, name, fill) => ({ label: text(label), stroke: () => color(name), width: 1.5, fill: fill && (() => color(fill)), points: { show: false }, hue: name, value: (_, value) => value == null ? '–' : number(value) });

// The style itself refers to the theme's color, so that it follows when the theme changes.
const marker = (drawn, line) => `var(${drawn.series[line].hue})`;

function plot(element, lines) {
	const axis = (settings) => ({ stroke: () => color('--muted'), font: '11px system-ui, sans-serif', grid: { stroke: () => color('--grid'), width: 1 }, ticks: { show: false }, ...settings });
	const created = new uPlot({
		width: element.clientWidth,
		height: 190,
		series: [{ value: (_, at) => at == null ? '–' : time(at * 1000) }, ...lines],
		axes: [axis({ space: 70, size: 28, values: (_, ticks) => ticks.map((at) => time(at * 1000)) }), axis({ size: 48, values: (_, ticks) => ticks.map((tick) => Number.isInteger(tick) ? number(tick) : '') })],
		scales: { x: { time: true }, y: { range: (_, low, high) => [0, Math.max(high ?? 0, 10) * 1.1] } },
		legend: { markers: { stroke: marker, fill: marker } },
		cursor: { drag: { x: false, y: false }, points: { size: 6 } },
	}, [[], ...lines.map(() => [])], element);
	new ResizeObserver(() => created.setSize({ width: element.clientWidth, height: 190 })).observe(element);
	dark.addEventListener('change', () => created.redraw());
	return created;
}

const throughput = plot($('throughput'), [series('watch.succeeded', '--series-1', '--series-1-fill'), series('watch.failed', '--bad'), series('watch.retried', '--series-3')]);
const latencies = plot($('latencies'), [series('watch.p50', '--series-1', '--series-1-fill'), series('watch.p95', '--series-2'), series('watch.max', '--faint'), series('watch.wait', '--series-3')]);

function draw() {
	const now = samples.at(-1).at / 1000;
	const x = samples.map((sample) => sample.at / 1000);
	const of = (value) => samples.map((sample) => value(sample) ?? null);
	for (const [target, lines] of [
		[throughput, [of((s) => s.succeeded), of((s) => s.failed || null), of((s) => s.retried || null)]],
		[latencies, [of((s) => s.latency?.p50), of((s) => s.latency?.p95), of((s) => s.latency?.max), of((s) => s.queueing?.p95)]],
	]) {
		target.setData([x, ...lines], false);
		target.batch(() => {
			target.setScale('x', { min: Math.max(now - SHOWN, Math.min(x[0], now - MINUTE)), max: now });
			target.setScale('y', {});
			target.setLegend({ idx: x.length - 1 }, false);
		});
	}
}

// Figures

const lastMinute = () => samples.slice(-MINUTE);
const sum = (values) => values.reduce((total, value) => total + value, 0);
const milliseconds = (value) => value === undefined ? '–' : value < 10_000 ? text('unit.ms', Math.round(value)) : text('unit.s', Math.round(value / 100) / 10);

function figures() {
	const latest = samples.at(-1);
	const failed = sum(lastMinute().map((sample) => sample.failed));
	$('calls').textContent = number(latest.succeeded + latest.failed);
	$('failed').textContent = number(failed);
	$('failed').dataset.kind = failed ? 'bad' : '';
	$('latency').textContent = milliseconds(latest.latency?.p95);
	$('waiting').textContent = number(latest.waiting);
	$('grant').textContent = milliseconds(latest.queueing?.p95);
}

let scheduled = false;

function sample(one) {
	if (samples.length && one.at <= samples.at(-1).at) {
		return;
	}
	samples.push(one);
	if (samples.length > SHOWN) {
		samples.shift();
	}
	figures();
	if (!scheduled) {
		scheduled = true;
		requestAnimationFrame(() => {
			scheduled = false;
			draw();
			trends();
		});
	}
}

// Quotas

function row(quota) {
	const element = clone('quota-row');
	element.querySelector('th').textContent = element.querySelector('th').title = quota.name;
	$('quotas').append(element);
	return { element, find: Object.fromEntries(['meter', 'used', 'free', 'minute', 'waiting', 'throttled'].map((name) => [name, element.querySelector(`.${name}`)])), canvas: element.querySelector('canvas') };
}

function reveal() {
	for (const [name, { element }] of rows) {
		element.hidden = !all && !seen.has(name);
	}
	$('all-quotas').textContent = all ? text('quotas.used') : text('quotas.all', rows.size);
}

$('all-quotas').addEventListener('click', () => {
	all = !all;
	reveal();
});

function quotas(current) {
	for (const quota of current) {
		const { element, find } = rows.get(quota.name) ?? rows.set(quota.name, row(quota)).get(quota.name);
		const used = Math.min(quota.used, quota.limit);
		find.meter.style.setProperty('--used', String(used / quota.limit));
		find.meter.dataset.kind = quota.heldBackMillis > 0 ? 'bad' : used / quota.limit > 0.9 ? 'warn' : '';
		find.used.textContent = number(used);
		find.free.textContent = `${number(quota.limit - used)} / ${number(quota.limit)}`;
		find.waiting.textContent = quota.waiting ? number(quota.waiting) : '–';
		find.throttled.textContent = quota.throttled ? number(quota.throttled) : '–';
		find.throttled.title = quota.heldBackMillis > 0 ? text('watch.heldback', quota.heldBackMillis) : '';
		element.classList.toggle('idle', used === 0 && quota.waiting === 0);
		if (used || quota.waiting || quota.throttled) {
			seen.add(quota.name);
		}
	}
	reveal();
}

function trends() {
	const minute = lastMinute();
	for (const [name, { find, canvas }] of rows) {
		const values = minute.map((one) => one.granted[name] ?? 0);
		const total = sum(values);
		find.minute.textContent = total ? number(total) : '–';
		if (total) {
			seen.add(name);
		}
		spark(canvas, values);
	}
}

dark.addEventListener('change', trends);

function spark(canvas, values) {
	const ratio = devicePixelRatio || 1;
	const [width, height] = [120, 20];
	if (canvas.width !== width * ratio) {
		canvas.width = width * ratio;
		canvas.height = height * ratio;
	}
	const context = canvas.getContext('2d');
	context.setTransform(ratio, 0, 0, ratio, 0, 0);
	context.clearRect(0, 0, width, height);
	const most = Math.max(...values, 1);
	context.fillStyle = color('--series-1');
	values.forEach((value, index) => {
		const bar = value / most * (height - 1);
		context.fillRect(width - (values.length - index) * 2, height - bar, 1.5, bar);
	});
	context.fillStyle = color('--line');
	context.fillRect(0, height - 1, width, 1);
}

// State

function token(state) {
	const life = !state ? '–' : state.refreshing ? text('watch.refreshing') : !state.available ? text('watch.none')
		: state.remainingSeconds === undefined ? '∞' : duration(state.remainingSeconds);
	$('token').textContent = life;
	$('token').dataset.kind = state && !state.available && state.failures ? 'bad' : '';
	const failing = Boolean(state?.failures && state.lastFailure);
	$('token-problem').hidden = !failing;
	$('token-problem').textContent = failing ? state.lastFailure : '';
}

let newestError;

function errors(all) {
	const newest = all.length ? `${all[0].at} ${all.length}` : '';
	if (newest === newestError) {
		return;
	}
	newestError = newest;
	$('no-errors').hidden = all.length > 0;
	$('errors').hidden = all.length === 0;
	$('errors').replaceChildren(...all.map((error) => {
		const item = clone('error-row');
		item.querySelector('time').textContent = time(error.at);
		item.querySelector('time').dateTime = error.at;
		item.querySelector('.operation').textContent = error.operation;
		item.querySelector('.code').textContent = error.status ?? '';
		item.querySelector('.code').hidden = !error.status;
		item.querySelector('.perhaps').hidden = !error.mayHaveBeenProcessed;
		item.querySelector('.detail').textContent = error.problem;
		item.querySelector('.hint').textContent = error.hint;
		return item;
	}));
}

function state(now) {
	$('health').textContent = now.health;
	$('health').dataset.kind = now.health === 'UP' ? 'ok' : now.health === 'UNKNOWN' ? '' : 'bad';
	$('store').textContent = text(`watch.store.${now.store}`);
	token(now.token);
	quotas(now.quotas);
	errors(now.errors);
}

const live = (connected) => say($('live'), text(connected ? 'watch.live' : 'watch.lost'), connected ? 'ok' : 'bad');

listen('/api/watch', { sample, state }, live);

// The emulator

if ($('traffic')) {
	const status = $('faults-status');
	const label = (input) => input.closest('label').querySelector('span').textContent;
	const switches = [...document.querySelectorAll('[name=fault]')];

	// One after the other, as they were asked for: the last one is what holds. Until then, the state of the emulator is old.
	let pending = 0;
	let last = Promise.resolve();
	const change = (method, where, words) => {
		pending++;
		last = last.then(async () => {
			const outcome = await call(method, `/api/emulator/${where}`);
			if (words || !outcome.ok) {
				say(status, outcome.ok ? words : complaint(outcome.problem), outcome.ok ? '' : 'bad');
			}
			pending--;
		});
	};

	for (const input of switches) {
		input.addEventListener('change', () => change(input.checked ? 'PUT' : 'DELETE', `faults/${input.value}`, text(input.checked ? 'faults.on' : 'faults.off', label(input))));
	}
	$('expire').addEventListener('click', () => change('POST', 'expired-tokens', text('faults.expired')));

	let moving = false;
	$('traffic').addEventListener('input', () => {
		moving = true;
		$('traffic-value').value = $('traffic').value;
	});
	$('traffic').addEventListener('change', () => {
		moving = false;
		change('PUT', `traffic/${$('traffic').value}`);
	});

	const said = (body) => body.msg ?? body.action ?? body.customEvent ?? body.addr ?? body.filename ?? body.url ?? '';
	const cell = (row, words, name = '') => Object.assign(row.insertCell(), { textContent: words, className: name });

	const delivered = (now) => {
		$('delivered').textContent = text('watch.delivered', now.delivered);
		$('no-deliveries').hidden = now.deliveries.length > 0;
		$('deliveries-table').hidden = now.deliveries.length === 0;
		$('deliveries').replaceChildren(...now.deliveries.map((delivery) => {
			const row = document.createElement('tr');
			cell(row, time(delivery.timestamp));
			cell(row, delivery.from);
			cell(row, delivery.to);
			cell(row, `${delivery.type} · ${said(delivery.body)}`, 'what');
			return row;
		}));
		if (pending) {
			return;
		}
		for (const input of switches) {
			input.checked = now.faults.includes(input.value);
		}
		if (!moving) {
			$('traffic').value = $('traffic-value').value = now.trafficPerSecond;
		}
	};
	listen('/api/emulator', { message: delivered });
}

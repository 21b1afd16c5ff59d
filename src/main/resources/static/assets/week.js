// The agenda with scripts: forms open over the week instead of on pages of their own, a hand draws hours into a day, and a
// finger turns the only day that a narrow screen shows.
// Without this file every link and form works as a page.
const QUARTERS = 96;
const popIn = () => document.getElementById('pop-in');
const week = () => document.querySelector('.week');

function open(href) {
  const address = new URL(href, location.href);
  if (!popIn().open) popIn().replaceChildren();
  if (isNarrow()) address.searchParams.set('jour', shownDay().dataset.date);
  window.htmx.ajax('GET', address.href, { source: popIn(), target: popIn(), select: '#form', swap: 'innerHTML' });
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-dialog], dialog a[data-close]');
  if (!link || !popIn() || !window.htmx || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.close !== undefined) popIn().close();
  else open(link.href);
});

document.addEventListener('submit', event => {
  const form = event.target.closest('dialog#pop-in form');
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  const values = button && button.name ? { [button.name]: button.value } : {};
  window.htmx.ajax('POST', form.getAttribute('action'), { source: form, values, target: popIn(), select: '#form', swap: 'innerHTML' });
});

// An answer with the form again stays in the pop-in, whatever its status. A page of the hub is what follows: also the one for
// a form that was left open for too long, which has what was typed. frame.js tells of anything else, over the form as it is.
document.addEventListener('htmx:beforeSwap', event => {
  const detail = event.detail;
  if (detail.target !== popIn()) return;
  const page = new DOMParser().parseFromString(detail.serverResponse, 'text/html');
  const isForm = page.getElementById('form') !== null;
  const follows = !isForm && page.querySelector('main') !== null && (!detail.isError || detail.xhr.status === 403);
  detail.shouldSwap = isForm;
  detail.isError = !isForm && !follows;
  if (!follows) return;
  event.preventDefault();
  const scrolled = week() ? week().scrollTop : 0;
  history.pushState(null, '', detail.xhr.responseURL);
  popIn().close();
  document.querySelector('main').replaceWith(document.adoptNode(page.querySelector('main')));
  prepare(scrolled);
  (document.querySelector('#said') ?? document.querySelector('main > [role=alert]') ?? document.querySelector('main'))
    .focus({ preventScroll: true });
  toFresh();
});

document.addEventListener('htmx:afterSwap', event => {
  if (event.detail.target !== popIn()) return;
  if (!popIn().open) popIn().showModal();
  const first = ['[aria-invalid]', '#faults', '[autofocus]'].map(one => popIn().querySelector(one)).find(one => one);
  if (first) first.focus();
});

window.addEventListener('popstate', () => location.reload());

// What was just saved comes into view, below the notice that says so; a deletion leaves the week where it was.
function toFresh() {
  const fresh = document.querySelector('.block.fresh');
  if (fresh) fresh.scrollIntoView({ block: 'center' });
}

document.addEventListener('click', event => {
  const link = event.target.closest('#said a.close');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  link.closest('#said').remove();
  (document.querySelector('.block.fresh .open') ?? document.querySelector('main')).focus({ preventScroll: true });
});

function prepare(scrolled) {
  const now = week();
  if (!now || getComputedStyle(now).display !== 'grid') return;
  now.querySelectorAll('.blocks').forEach(day => { if (!day.closest('.past')) day.dataset.draws = ''; });
  if (scrolled) {
    now.scrollTop = scrolled;
    return;
  }
  const hour = now.querySelector('.hours li').getBoundingClientRect().height;
  now.scrollTop = Math.max(0, opensAt(now, hour) - hour / 2);
}

// At what begins first of what is still to come, and at the present hour if there is room for both; in an empty week, at eight.
function opensAt(week, hour) {
  const present = week.querySelector('.day.today .now')?.offsetTop;
  const starts = days => [...week.querySelectorAll(`${days} .block:not(.away)`)]
    .filter(block => block.offsetTop > 0 || block.id) // what began the day before has no id
    .filter(block => !block.closest('.today') || block.offsetTop + block.offsetHeight > present)
    .map(block => block.offsetTop);
  const today = starts('.day.today');
  const toCome = today.length > 0 ? today : starts(present === undefined ? '.day' : '.day:not(.past)');
  if (toCome.length === 0) return present ?? 8 * hour;
  const first = Math.min(...toCome);
  const bothFit = present !== undefined && Math.abs(first - present) < week.clientHeight - 2 * hour;
  return bothFit ? Math.min(first, present) : first;
}

// One day of a narrow screen; another one of the same week is in the page already.
const isNarrow = () => week() && !week().classList.contains('whole') && getComputedStyle(week()).display !== 'grid';
const shownDay = () => week().querySelector('.day.shown');

function turnTo(link, focuses) {
  const day = week().querySelector(`.day[data-date="${link.dataset.day}"]`);
  if (!day) return false;
  week().querySelectorAll('.day').forEach(one => one.classList.toggle('shown', one === day));
  document.querySelectorAll('.strip [data-day]').forEach(one => {
    if (one.dataset.day === day.dataset.date) one.setAttribute('aria-current', 'date');
    else one.removeAttribute('aria-current');
  });
  history.replaceState(null, '', link.href);
  if (focuses) day.querySelector('h3').focus();
  return true;
}

document.addEventListener('click', event => {
  const link = event.target.closest('a[data-day]');
  if (!link || !isNarrow() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (turnTo(link, link.classList.contains('to-day'))) event.preventDefault();
});

let touched = null;
document.addEventListener('touchstart', event => {
  const one = event.touches.length === 1 && event.target.closest('.week') && isNarrow() ? event.touches[0] : null;
  touched = one && { x: one.clientX, y: one.clientY };
}, { passive: true });

document.addEventListener('touchend', event => {
  if (!touched || !isNarrow()) return;
  const [x, y] = [event.changedTouches[0].clientX - touched.x, event.changedTouches[0].clientY - touched.y];
  touched = null;
  if (Math.abs(x) < 60 || Math.abs(x) < 2 * Math.abs(y)) return;
  const link = shownDay().querySelector(x < 0 ? '.to-day[rel=next]' : '.to-day[rel=prev]');
  if (!turnTo(link, false)) location.assign(link.href);
});

// Drawing
let drawn = null;

function quarterAt(day, y) {
  const box = day.getBoundingClientRect();
  return Math.max(0, Math.min(QUARTERS - 1, Math.floor((y - box.top) / box.height * QUARTERS)));
}

function time(quarter) {
  if (quarter >= QUARTERS) return '23:59';
  return String(Math.floor(quarter / 4)).padStart(2, '0') + ':' + String(quarter % 4 * 15).padStart(2, '0');
}

function show() {
  const [from, to] = [Math.min(drawn.start, drawn.end), Math.max(drawn.start, drawn.end) + 1];
  drawn.ghost.className = `ghost f${from * 3} t${to * 3}`; // the style sheet counts five minutes
  return [from, to];
}

document.addEventListener('pointerdown', event => {
  const day = event.target.closest('.blocks[data-draws]');
  if (!day || event.button !== 0 || event.pointerType === 'touch' || event.target.closest('.block:not(.away)')) return;
  event.preventDefault();
  const start = quarterAt(day, event.clientY);
  drawn = { day, start, end: start, ghost: document.createElement('li') };
  drawn.ghost.setAttribute('aria-hidden', 'true');
  day.append(drawn.ghost);
  show();
});

document.addEventListener('pointermove', event => {
  if (!drawn) return;
  drawn.end = quarterAt(drawn.day, event.clientY);
  show();
});

document.addEventListener('pointerup', () => {
  if (!drawn) return;
  const [from, to] = show();
  const date = drawn.day.closest('.day').dataset.date;
  drawn.ghost.remove();
  drawn = null;
  const address = new URL(week().dataset.new, location.href);
  address.searchParams.set('date', date);
  address.searchParams.set('debut', time(from));
  address.searchParams.set('fin', time(to));
  open(address.href);
});

function drawNothing() {
  drawn?.ghost.remove();
  drawn = null;
}

document.addEventListener('pointercancel', drawNothing);
document.addEventListener('keydown', event => { if (event.key === 'Escape') drawNothing(); });

// Forms
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

function tickDay(form) {
  const date = form.elements.date?.valueAsDate;
  const days = [...form.querySelectorAll('input[name=jours]')];
  if (form.elements.portee) return moveTick(form, date, days);
  if (!date || !days.some(day => day.checked)) return;
  days.filter(day => day.value === DAYS[date.getUTCDay()]).forEach(day => { day.checked = true; });
}

// For all weeks, a date moved to another weekday takes the tick of the former along, until somebody ticks by hand.
function moveTick(form, date, days) {
  if (!date || form.dataset.ticked !== undefined) return;
  const former = new Date(form.elements.date.defaultValue);
  const moves = form.elements.portee.value === 'ALL_WEEKS' && date.getTime() !== former.getTime();
  const usual = days.filter(day => day.defaultChecked);
  const left = usual.length === 1 ? usual[0].value : DAYS[former.getUTCDay()]; // the occurrence may have moved off its only day
  days.forEach(day => {
    day.checked = day.defaultChecked;
    if (moves && day.value === left) day.checked = false;
    if (moves && day.value === DAYS[date.getUTCDay()]) day.checked = true;
  });
}

// One patient for more than an hour is advised about while it is typed, as the guide advises it.
function advise(form) {
  const advice = form?.querySelector('#long');
  if (!advice) return;
  const [start, end] = ['debut', 'fin'].map(name => /^(\d\d):(\d\d)$/.exec(form.elements[name]?.value ?? ''));
  const minutes = start && end ? (end[1] - start[1]) * 60 + (end[2] - start[2]) : 0;
  advice.hidden = form.querySelector('#certain:not([hidden])') !== null || form.elements.choix?.value !== 'slot' || (minutes >= 0 && minutes <= 60);
}

// The answer to « Êtes-vous sûr ? » is about the hours that were asked about: for others the hub asks anew.
function askAnew(form) {
  const hours = `${form.elements.debut?.value}-${form.elements.fin?.value}`;
  ['lendemain', 'certain'].map(name => form.elements[name]).filter(box => box).forEach(box => {
    const line = box.closest('label');
    line.hidden = box.value !== hours;
    document.getElementById(box.getAttribute('aria-describedby'))?.toggleAttribute('hidden', line.hidden);
    if (line.hidden) box.checked = false;
  });
}

document.addEventListener('change', event => {
  const form = event.target.form;
  advise(form);
  if (event.target.matches('[name=choix][value=slot]')) form.elements.patients.value = '';
  if (event.target.name === 'jours') form.dataset.ticked = '';
  if (form && ['jours', 'date', 'portee'].includes(event.target.name)) tickDay(form);
});

document.addEventListener('input', event => {
  const field = event.target;
  if (field.id === 'patients') field.form.querySelector('[name=choix][value=range]').checked = true;
  if (['debut', 'fin'].includes(field.name)) askAnew(field.form);
  advise(field.form); // now, and not when the field is left: nothing may move under a click
  if (field.dataset.most) count(field);
});

function count(field) {
  const line = document.getElementById(field.dataset.counter);
  if (!line) return;
  const left = Number(field.dataset.most) - [...field.value].length;
  line.textContent = (left < 0 ? line.dataset.over : line.dataset.words).replace('#', String(Math.abs(left)));
}

// After a form that was sent as a page, such as undoing a deletion, the address leads to what was saved; else to the notice.
prepare(0);
if (!location.hash) document.querySelector('#said, main > .alert[tabindex]')?.focus({ preventScroll: true });
toFresh();
document.querySelectorAll('[data-most]').forEach(count);
document.querySelectorAll('#form form').forEach(advise);
document.addEventListener('htmx:afterSwap', () => {
  document.querySelectorAll('[data-most]').forEach(count);
  document.querySelectorAll('#pop-in form').forEach(advise);
});

// The text follows the voice: the sentence that is heard is marked, kept in sight,
// and is the one that the keyboard finds.

var rows = [];        // the sentences of the present part, as elements
var starts = [];      // their beginnings in ms
var now = -1;         // which one is heard
var stop = -1;        // which one the Tab key finds
var frame = 16;       // how long a picture lasts, in ms
var seen = { at: 0, ms: -1 };

function openText(part, ms, inside) {
  if (rows[now]) { unmark(rows[now]); }
  if (rows[stop]) { unstop(rows[stop]); }
  rows = all('.text [data-ms]', part.box);
  starts = rows.map(function (row) { return Number(row.getAttribute('data-ms')); });
  now = stop = -1;
  seen.ms = -1;
  mark(ms);
  if (inside && rows[now]) { focus(rows[now]); }
}

function sentenceAt(ms) {
  var low = 0, high = starts.length - 1;
  while (low < high) {
    var middle = (low + high + 1) >> 1;
    if (starts[middle] <= ms) { low = middle; } else { high = middle - 1; }
  }
  return low;
}

function unmark(row) {
  row.classList.remove('now');
  row.removeAttribute('aria-current');
}

function unstop(row) {
  row.removeAttribute('tabindex');
  row.removeAttribute('role');
}

// Whether the keyboard is in the text.
function inText() { return rows.indexOf(document.activeElement) >= 0; }

// Marks the sentence at a place. The sound begins with a frame: a sentence that was
// asked for keeps its mark although the frame begins before it.
function mark(ms) {
  var index = sentenceAt(ms);
  if (index === now || !rows[index]) { return; }
  if (index === now - 1 && starts[now] - ms < FRAME + 1) { return; }
  var followed = rows[now] && following();
  if (rows[now]) { unmark(rows[now]); }
  now = index;
  rows[now].classList.add('now');
  rows[now].setAttribute('aria-current', 'true');
  if (!inText()) { stopAt(now); }
  if (followed) { show(); }
}

// Of hundreds of sentences only one is a stop of the Tab key, and a button. It is
// let go after the next one is taken: an element that loses its stop loses the focus.
function stopAt(index, take) {
  var before = rows[stop];
  stop = index;
  rows[stop].setAttribute('tabindex', '0');
  rows[stop].setAttribute('role', 'button');
  if (take) { rows[stop].focus(); }
  if (before && before !== rows[stop]) { unstop(before); }
}

function focus(element) {
  try { element.focus({ preventScroll: true }); } catch (e) { element.focus(); }
}

// Whoever looks elsewhere is not fetched back.
function following() {
  var row = rows[now];
  if (!row || document.hidden) { return true; }
  var focused = rows.indexOf(document.activeElement);
  if (focused >= 0 && focused !== now) { return false; }
  var at = row.getBoundingClientRect();
  return at.bottom > 0 && at.top < free();
}

// Brings the sentence into sight; as long as it is wholly seen nothing moves.
function show() {
  var row = rows[now];
  if (!row || !row.getBoundingClientRect) { return; }
  var at = row.getBoundingClientRect();
  var room = free();
  if (at.top >= 0 && at.bottom <= room) { return; }
  var top = Math.max(0, window.pageYOffset + at.top - Math.min(room * 0.15, 120));
  var calm = !window.matchMedia || window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  if (!calm && 'scrollBehavior' in page.style) {
    window.scrollTo({ top: top, left: 0, behavior: 'smooth' });
  } else {
    window.scrollTo(0, top);
  }
}

// Where the voice is at this moment. Some browsers move currentTime only every
// 40 ms: between two of its steps the clock goes on.
function heard() {
  var ms = place();
  var clock = performance.now();
  if (ms !== seen.ms) {
    seen.ms = ms;
    seen.at = clock;
    return ms;
  }
  return ms + Math.min(clock - seen.at, 45) * speed;
}

// Looks at the sound in every picture while it plays and is looked at. The next
// picture is seen a frame later: a boundary in the first half of it counts as now.
var watching = false;
function watch() {
  if (watching || !window.requestAnimationFrame) { return; }
  watching = true;
  var last = 0;
  function look(at) {
    if (!playing() || document.hidden) {
      watching = false;
      return;
    }
    if (last && at > last) { frame = frame * 0.9 + Math.min(at - last, 34) * 0.1; }
    last = at;
    // While it fetches or seeks the sound stands still.
    if (sound.readyState > 2 && !sound.seeking) { mark(heard() + frame / 2 * speed); }
    window.requestAnimationFrame(look);
  }
  window.requestAnimationFrame(look);
}

function hearFrom(row) {
  seek(Number(row.getAttribute('data-ms')));
  stopAt(now);
  play();
  show();
}

// Up and down go from sentence to sentence, Enter and Space hear from there.
function textKey(e) {
  var index = rows.indexOf(e.target);
  if (index < 0 || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) { return; }
  var to = { 37: index - 1, 38: index - 1, 39: index + 1, 40: index + 1, 36: 0, 35: rows.length - 1 }[e.keyCode];
  if (e.keyCode === 13 || e.keyCode === 32) {
    if (!e.repeat) { hearFrom(e.target); }
  } else if (to === undefined) {
    return;
  } else if (rows[to]) {
    stopAt(to, true);
  }
  e.preventDefault();
}

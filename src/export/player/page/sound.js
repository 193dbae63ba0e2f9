// The sound: one element for all articles, because a telephone lets only an element
// that somebody has started go on by itself.

var SPEEDS = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.5, 1.75, 2];
var STEP = 15000;
// The frames of the sound (MPEG-2 Layer III at 24 kHz: 576 samples), in ms. A browser
// that is asked for a place inside a frame plays from the frame's beginning and calls
// that the place asked for: asked for a beginning, it is right.
var FRAME = 24;

var parts = [];       // { box, key, name, length, source, ms, number }
var current = 0;      // which of them
var pending = null;   // where to begin once the sound is known, in ms
var finished = false; // the last one has been heard to its end
var speed = 1;
var sound = document.createElement('audio');
sound.id = 'sound';
sound.preload = 'metadata';

function playing() { return !sound.paused && !sound.ended; }

// A place as it is asked for, in seconds: just behind the beginning of its frame.
function askable(ms) { return ms > 0 ? (Math.floor(ms / FRAME) * FRAME + 0.1) / 1000 : 0; }

// Where the voice is, in ms of the part.
function place() { return pending === null ? sound.currentTime * 1000 : pending; }

function setSpeed(value) {
  speed = value;
  sound.preservesPitch = sound.mozPreservesPitch = sound.webkitPreservesPitch = true;
  // A new source begins at the default speed.
  sound.defaultPlaybackRate = sound.playbackRate = value;
}

function remember() {
  memory.write(EDITION, { part: parts[current].box.id, ms: finished ? 0 : Math.round(place()), speed: speed });
}

// Takes another part in hand, silently.
function turnTo(index, ms) {
  var before = parts[current].box;
  var part = parts[index];
  // Asked before the text is hidden: then nothing in it has the focus any more.
  var inside = inText();
  finished = false;
  current = index;
  pending = ms;
  before.classList.remove('current');
  parts.forEach(function (p) { p.key.removeAttribute('aria-current'); });
  part.box.classList.add('current');
  part.key.setAttribute('aria-current', 'true');
  byId('skip').setAttribute('href', '#' + part.box.id);
  say('', byId('trouble'));
  setSpeed(speed);
  sound.src = part.source;
  openText(part, ms, inside);
  announceSession();
  state();
}

function play() {
  if (finished) { turnTo(0, 0); }
  say('');
  var started = sound.play();
  if (started && started.catch) {
    started.catch(function (e) {
      // Another source or a pause came first: nothing is wrong.
      if (e.name !== 'AbortError') { state(); }
    });
  }
}

function toggle() {
  if (playing()) { sound.pause(); } else { play(); show(); }
  state();
}

// Goes to a place of the present part.
function seek(ms) {
  var end = parts[current].ms;
  ms = Math.max(0, Math.min(ms, end));
  finished = false;
  if (sound.readyState > 0) {
    pending = null;
    sound.currentTime = askable(ms);
  } else {
    pending = ms;
  }
  mark(ms);
  state();
  remember();
}

function skipBy(ms) {
  var to = place() + ms;
  // Past the end is the end of the article, and what follows is the next one.
  if (to >= parts[current].ms && current + 1 < parts.length) {
    go(1);
    return;
  }
  seek(to);
  show();
  if (!playing()) { say(spoken(place())); }
}

// To the article before or after; at either end there is only a word.
function go(by) {
  var to = current + by;
  if (to < 0 || to >= parts.length) {
    if (by < 0) { seek(0); }
    say(word(by < 0 ? 'first' : 'last'));
    return;
  }
  var on = playing();
  turnTo(to, 0);
  remember();
  show();
  if (on) { play(); } else { say(parts[to].name); }
}

function faster(by) {
  var i = 0;
  while (i < SPEEDS.length - 1 && SPEEDS[i] < speed - 0.001) { i += 1; }
  i = Math.max(0, Math.min(i + by, SPEEDS.length - 1));
  setSpeed(SPEEDS[i]);
  state();
  remember();
  say(pace());
}

function pace() { return speed === 1 ? word('normal') : word('speed', speed); }

// A part's short name.
function called(part) { return part.number ? word('article', part.number) : part.name; }

// What the keys and the line above them say.
function state() {
  var part = parts[current];
  var on = playing();
  byId('play').classList.toggle('on', on);
  byId('play-word').textContent = word(on ? 'pause' : 'play');
  byId('which').textContent = called(part);
  byId('which').lang = part.number ? page.lang : part.language;
  byId('pace').textContent = pace();
  byId('slower').setAttribute('aria-disabled', String(speed === SPEEDS[0]));
  byId('faster').setAttribute('aria-disabled', String(speed === SPEEDS[SPEEDS.length - 1]));
  if (navigator.mediaSession) { navigator.mediaSession.playbackState = on ? 'playing' : 'paused'; }
  told = -1;
  tell();
}

// The place goes on once a second; it is no live region.
var told = -1;
function tell() {
  var part = parts[current];
  var seconds = Math.floor(Math.min(finished ? part.ms : place(), part.ms) / 1000);
  if (seconds === told) { return; }
  told = seconds;
  byId('place').textContent = word('place', spoken(seconds * 1000), spoken(part.ms));
  positionSession();
}

function wireSound() {
  var saved = 0;
  on(sound, 'loadedmetadata', function () {
    if (pending !== null) {
      if (pending > 0) { sound.currentTime = askable(pending); }
      pending = null;
    }
    setSpeed(speed);
  });
  ['play', 'playing', 'pause', 'seeked'].forEach(function (type) {
    on(sound, type, function () { state(); mark(place()); });
  });
  on(sound, 'playing', watch);
  on(sound, 'pause', remember);
  on(sound, 'timeupdate', function () {
    tell();
    restIfDue();
    if (Math.abs(place() - saved) > 1000 && pending === null) {
      saved = place();
      remember();
    }
  });
  on(sound, 'ended', function () {
    var rest = restAfterArticle();
    if (current + 1 < parts.length) {
      var followed = following();
      turnTo(current + 1, 0);
      if (followed) { show(); }
      if (!rest) { play(); }
    } else {
      finished = true;
      say(word('end'));
    }
    remember();
    state();
  });
  on(sound, 'error', function () {
    var code = sound.error && sound.error.code;
    if (code !== 1) { say(word('trouble', parts[current].source), byId('trouble')); }
    state();
  });
  on(window, 'pagehide', remember);
  on(document, 'visibilitychange', function () {
    if (document.hidden) { remember(); } else { mark(place()); watch(); }
  });
}

// Makes the plain page a player; where the browser cannot, it stays what it is.

// A shaking hand presses twice: the second press within this time is none.
var TWICE = 300;
function steady(handler) {
  var last = -TWICE;
  return function (e) {
    var at = Date.now();
    var again = at - last < TWICE;
    last = at;
    if (!again) { handler(e); }
  };
}

// Signs that neither a browser nor a screen reader has a use for, by the sign that
// is typed, Chinese input among them, and by the key's place where it is not told.
var SIGNS = { '\\': 'toggle', '、': 'toggle', '[': 'back', '【': 'back', ']': 'forward', '】': 'forward', '{': 'previous', '「': 'previous', '}': 'next', '」': 'next' };
var PLACES = { 220: 'toggle', 219: 'back', 221: 'forward' };
var DEEDS = {
  toggle: toggle,
  back: function () { skipBy(-STEP); },
  forward: function () { skipBy(STEP); },
  previous: function () { go(-1); },
  next: function () { go(1); }
};

function shortcut(e) {
  if (choices.keys === 'off' || e.defaultPrevented || e.ctrlKey || e.altKey || e.metaKey) { return; }
  var deed = SIGNS[e.key];
  if (!deed && (!e.key || e.key === 'Process' || e.key === 'Unidentified')) {
    deed = PLACES[e.keyCode];
    if (e.shiftKey) { deed = { back: 'previous', forward: 'next' }[deed]; }
  }
  if (!deed || e.repeat) { return; }
  e.preventDefault();
  DEEDS[deed]();
}

function part(box) {
  var heading = box.querySelector('h3');
  var plain = box.querySelector('audio');
  var name = heading.querySelector('.name');
  var length = heading.querySelector('.length');
  var number = heading.querySelector('.number');
  var key = document.createElement('button');
  key.type = 'button';
  while (heading.firstChild) { key.appendChild(heading.firstChild); }
  heading.appendChild(key);
  var made = {
    box: box,
    key: key,
    name: name.textContent,
    language: name.lang || box.lang || byId('list').lang,
    number: number && number.textContent,
    source: plain.getAttribute('src'),
    ms: Number(length.getAttribute('data-ms'))
  };
  box.removeChild(plain);
  return made;
}

// From a title: hears the article, or goes on with the one in hand.
function hearPart(index) {
  if (index !== current) { turnTo(index, 0); }
  if (!playing()) { play(); }
  show();
  remember();
}

// The handler stands at the document, so that no screen reader calls every line
// of the text clickable.
var pressed = steady(function (action) { action(); });
function press(e) {
  var at = e.target;
  while (at && at !== document.body) {
    var index = rows.indexOf(at);
    if (index >= 0) {
      // Who has marked text in order to copy it wants to hear nothing.
      if (window.getSelection && String(window.getSelection())) { return; }
      pressed(function () { hearFrom(rows[index]); });
      return;
    }
    at = at.parentNode;
  }
}

function begin() {
  var boxes = all('.article');
  parts = boxes.map(part);
  byId('bar').appendChild(sound);
  // Safari takes a list without bullets for none.
  byId('list').setAttribute('role', 'list');
  page.className = 'live';
  ['bar', 'settings', 'skip'].forEach(function (id) { byId(id).removeAttribute('hidden'); });

  var kept = memory.read(EDITION);
  var index = boxes.map(function (box) { return box.id; }).indexOf(kept.part);
  var ms = Number(kept.ms) || 0;
  var known = index >= 0 && ms < parts[index].ms - 1000 && (index > 0 || ms > 3000);
  setSpeed(SPEEDS.indexOf(kept.speed) >= 0 ? kept.speed : 1);
  // A few words again, so that the thread is found.
  turnTo(known ? index : 0, known ? Math.max(0, ms - 1500) : 0);

  wireSettings();
  wireSound();
  wireSession();
  on(byId('play'), 'click', steady(toggle));
  on(byId('back'), 'click', DEEDS.back);
  on(byId('forward'), 'click', DEEDS.forward);
  on(byId('previous'), 'click', steady(DEEDS.previous));
  on(byId('next'), 'click', steady(DEEDS.next));
  on(byId('slower'), 'click', function () { faster(-1); });
  on(byId('faster'), 'click', function () { faster(1); });
  parts.forEach(function (p, i) { on(p.key, 'click', steady(function () { hearPart(i); })); });
  on(byId('skip'), 'click', function (e) {
    e.preventDefault();
    if (rows[stop]) { rows[stop].focus(); }
  });
  on(document, 'click', press);
  on(document, 'keydown', textKey);
  on(document, 'keydown', shortcut);
  on(window, 'resize', fit);
  fit();
  if (known) {
    say(word('resumed', called(parts[index]), spoken(ms)));
    show();
  }
}

var able = document.querySelector && page.classList && window.JSON && window.performance && sound.canPlayType && sound.canPlayType('audio/mpeg');
if (able && document.querySelector('.article')) { begin(); }
